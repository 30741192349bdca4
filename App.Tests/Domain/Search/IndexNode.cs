using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>One of the nodes that share a portal's index: it has opened the index for itself, and follows the changes when told to.</summary>
internal sealed class IndexNode : IAsyncDisposable
{
    private readonly TestPortal _portal;
    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;

    public IndexNode(TestPortal portal)
    {
        _portal = portal;
        Folder = Path.Combine(portal.Folder.FullName, "index");
        Index = new(Options.Create(new SearchOptions { Directory = Folder }));
        Follower = new(Index, portal.Get<ChangeFeed>(), portal.Get<IndexSource>(), portal.Clock, NullLogger<IndexFollower>.Instance);
    }

    public string Folder { get; }

    public SqliteItemIndex Index { get; }

    public IndexFollower Follower { get; }

    /// <summary>The file that answers.</summary>
    public string File => Path.Combine(Folder, $"{Index.CurrentName}.db");

    public void Follow() => _following = Follower.FollowAsync(TimeSpan.FromMilliseconds(5), _stop.Token);

    /// <summary>Catches up, and gives the titles of what a query finds.</summary>
    public async Task<string> FindAsync(string query)
    {
        var token = TestContext.Current.CancellationToken;
        await Follower.CatchUpAsync(token);
        var bound = await _portal.Get<SearchCatalogue>().ReadQueryAsync(query, token);
        using var reader = Index.Read()!;
        return string.Join(", ", reader.Ids(reader.Find(bound.Expression)).Select(id => reader.Get(id)!.First("dc.title")).Order(StringComparer.Ordinal));
    }

    /// <summary>All items as the index knows them.</summary>
    public async Task<IReadOnlyList<IndexedItem>> ItemsAsync()
    {
        var bound = await _portal.Get<SearchCatalogue>().ReadQueryAsync("*:*", TestContext.Current.CancellationToken);
        using var reader = Index.Read()!;
        return [.. reader.Ids(reader.Find(bound.Expression)).Select(id => reader.Get(id)!)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following.ContinueWith(_ => { }, TaskScheduler.Default);
        var failure = _following.Exception;
        Index.Current()?.Close();
        Index.Dispose();
        _stop.Dispose();
        Assert.Null(failure);
    }
}
