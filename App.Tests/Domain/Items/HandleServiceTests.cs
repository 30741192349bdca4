using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Items;

public sealed class HandleServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MintAsync_SeveralTimes_GivesNumbersInOrder()
    {
        await using var portal = await TestPortal.CreateAsync();

        Assert.Equal(["123456789/1", "123456789/2", "123456789/3"], await MintAsync(portal, 3));
        Assert.Equal(["123456789/4"], await MintAsync(portal, 1));
        Assert.Empty(await MintAsync(portal, 0));
    }

    [Fact]
    public async Task MintAsync_HandlesBroughtByAnImport_ArePassedOver()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using (var db = portal.OpenDatabase())
        {
            db.Handles.AddRange(new Handle { Value = "123456789/2" }, new Handle { Value = "123456789/3" }, new Handle { Value = "10.5/1" });
            await db.SaveChangesAsync(Token);
        }

        Assert.Equal(["123456789/1", "123456789/4", "123456789/5"], await MintAsync(portal, 3));
    }

    [Fact]
    public async Task MintAsync_AfterEveryItemIsDeleted_NeverGivesTheirHandlesAgain()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        var item = await portal.AddItemAsync("A thesis", [collection.Id]);
        await using var scope = portal.As(Role.Administrator);

        await scope.Get<ItemService>().DeleteAsync(item.Id, Token);
        await scope.Get<CollectionService>().DeleteAsync(collection.Id, Token);

        Assert.Equal(["123456789/4"], await MintAsync(portal, 1));
        await using var db = portal.OpenDatabase();
        Assert.NotNull(await db.Handles.FindAsync([item.Handle], Token));
        Assert.NotNull(await db.Handles.FindAsync([collection.Handle!.Value], Token));
    }

    [Fact]
    public async Task MintAsync_ManyAtOnce_GivesNoHandleTwice()
    {
        await using var portal = await TestPortal.CreateAsync();

        var minted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MintAsync(portal, 50)));

        Assert.Equal(400, minted.SelectMany(handles => handles).Distinct().Count());
        Assert.All(minted, handles => Assert.Equal(handles.OrderBy(handle => int.Parse(handle.Split('/')[1])), handles));
    }

    [Theory]
    [InlineData("123456789/42", "123456789/42")]
    [InlineData(" hdl:123456789/42 ", "123456789/42")]
    [InlineData("info:hdl/123456789/42", "123456789/42")]
    [InlineData("http://hdl.handle.net/123456789/42", "123456789/42")]
    [InlineData("https://repository.example.org/handle/20.500.1/a/b", "20.500.1/a/b")]
    [InlineData("https://example.org/123456789/42", null)]
    [InlineData("42", null)]
    [InlineData("123456789/", null)]
    [InlineData("123456789/4 2", null)]
    public async Task Parse_HandleOrLink_IsTheHandle(string text, string? expected)
    {
        await using var portal = await TestPortal.CreateAsync(new Dictionary<string, string?> { ["Handles:Resolver"] = "https://repository.example.org/handle/" });

        Assert.Equal(expected, portal.Get<HandleService>().Parse(text));
    }

    private static async Task<IReadOnlyList<string>> MintAsync(TestPortal portal, int count)
    {
        await using var db = portal.OpenDatabase();
        return await portal.Get<HandleService>().MintAsync(db, count, Token);
    }
}
