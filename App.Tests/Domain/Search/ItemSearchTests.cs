using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Search;

public sealed class ItemSearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rive", "river: 1 item")]
    [InlineData("secr", "")]
    [InlineData("title:secr", "")]
    [InlineData("title:rive", "river: 1 item")]
    [InlineData("collection:the", "\"Theses \\\"new\\\"\": HANDLE")]
    public async Task Complete_WordsOfWithdrawnAndPrivateItems_AreNotProposed(string query, string expected)
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses \"new\"");
        await portal.AddItemAsync("A river", [collection.Id]);
        var withdrawn = await portal.AddItemAsync("The river of secrets", [collection.Id]);
        var hidden = await portal.AddItemAsync("A secret", [collection.Id]);
        await using (var administrator = portal.As(Role.Administrator))
        {
            await administrator.Get<ItemService>().WithdrawAsync(withdrawn.Id, Token);
            await administrator.Get<ItemService>().SetDiscoverableAsync(hidden.Id, false, Token);
        }

        await using var scope = portal.As(Role.User);
        var search = scope.Get<ItemSearch>();
        await search.CatchUpAsync(Token);

        var proposals = await search.CompleteAsync(query, query.Length, Token);

        Assert.Equal(expected.Replace("HANDLE", collection.Handle!.Value, StringComparison.Ordinal), string.Join(", ", proposals.Select(proposal => $"{proposal.Text}: {proposal.About}")));
    }
}
