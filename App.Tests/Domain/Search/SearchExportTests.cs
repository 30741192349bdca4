using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Search;

public sealed class SearchExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.User)]
    public async Task OpenAsync_SomeItems_HasTheirColumnsInOrderAndNothingThatSearchHides(Role role)
    {
        await using var portal = await TestPortal.CreateAsync();
        var theses = await portal.AddCollectionAsync("Theses");
        var lake = Item(theses, "Lakes", ("dc.contributor.author", "Finch, B."), ("dc.date.issued", "2020"));
        var river = Item(theses, "Rivers", ("dc.creator", "King, A."), ("dc.contributor.author", "Ōe"), ("dc.date.issued", "2019-05"), ("dc.type", "Thesis"));
        var (hidden, withdrawn) = (Item(theses, "Hidden"), Item(theses, "Withdrawn"));
        await portal.AddItemsAsync(lake, river, hidden, withdrawn);
        await using (var administrator = portal.As(Role.Administrator))
        {
            await administrator.Get<ItemService>().SetDiscoverableAsync(hidden.Id, false, Token);
            await administrator.Get<ItemService>().WithdrawAsync(withdrawn.Id, Token);
        }

        await using var scope = portal.As(role);
        var table = await OpenAsync(scope, "*:*", SearchSort.Oldest);

        Assert.Equal(["handle", "title", "authors", "issued", "type", "collection", "files", "lastModified"], table.Columns.Select(column => column.Name));
        var rows = await table.Rows.ToListAsync(Token);
        Assert.Equal(["|Rivers|King, A.||Ōe|2019-05|Thesis|Theses|0", "|Lakes|Finch, B.|2020||Theses|0"], rows.Select(row => string.Join('|', row.SkipLast(1))));
        Assert.All(rows, row => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", (string)row[^1]!));
    }

    [Theory]
    [InlineData(SearchSort.Relevance)]
    [InlineData(SearchSort.Title)]
    public async Task OpenAsync_MoreThanABatch_HasAll(SearchSort sort)
    {
        await using var portal = await TestPortal.CreateAsync();
        var theses = await portal.AddCollectionAsync("Theses");
        await portal.AddItemsAsync([.. Enumerable.Range(0, 2500).Select(number => Item(theses, $"river {number:d4}"))]);
        await using var scope = portal.As(Role.User);

        var titles = await (await OpenAsync(scope, "river", sort)).Rows.Select(row => (string)row[1]!).ToListAsync(Token);

        var expected = Enumerable.Range(0, 2500).Select(number => $"river {number:d4}");
        Assert.Equal(expected, sort == SearchSort.Title ? titles : titles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OpenAsync_QueryThatCannotBeUnderstood_IsRefusedBeforeAnythingIsWritten()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.User);

        await Assert.ThrowsAsync<QuerySyntaxException>(() => OpenAsync(scope, "titel:river", SearchSort.Title));
    }

    private static async Task<Table> OpenAsync(TestScope scope, string query, SearchSort sort)
    {
        await scope.Get<ItemSearch>().CatchUpAsync(Token);
        return await scope.Get<SearchExport>().OpenAsync(query, sort, Token);
    }

    private static NewItem Item(Collection collection, string title, params (string Field, string Value)[] values) => new()
    {
        Id = Guid.CreateVersion7(),
        Handle = null,
        Collections = [collection.Id],
        Bitstreams = [],
        Metadata = [new() { Field = "dc.title", Value = title }, .. values.Select(value => new MetadataValue { Field = value.Field, Value = value.Value })],
    };
}
