using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

/// <summary>A running node with everything that harvesters can meet: sets of all kinds, items that left them for every reason, many pages, titles that need care in XML.</summary>
public sealed class HarvestedPortal : IAsyncLifetime
{
    private static readonly string[] _titles =
    [
        "Rivers & lakes", "a < b > c", "Über den Fluß", "Река и озеро", "川と湖", "نهر", "\U0001F30A waves", "\"Quoted\" 'twice'", "]]> is no end", "Reading <em> as meaning", "Ordinary", "Another one", "Last of them",
    ];

    private TestPortal? _domain;
    private PortalNode? _node;

    /// <summary>The same repository from within.</summary>
    public TestPortal Domain => _domain!;

    /// <summary>The node; its provider is switched on.</summary>
    public PortalNode Node => _node!;

    /// <summary>Where harvesters come.</summary>
    public Uri BaseUrl => new(Node.Address, "/oai");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _domain = await TestPortal.CreateAsync();
        await BeginAsync();
        var collection = await Domain.AddCollectionAsync("Waters");
        List<Guid> items = [];
        for (var round = 0; round < 5; round++)
        {
            foreach (var title in _titles)
            {
                items.Add(await AddAsync(collection, title, round));
            }

            await FollowAsync();
        }

        await using var scope = Domain.As(Role.Administrator);
        await DefineAsync(scope.Get<OaiSetService>());
        await RefreshAsync(scope);
        await LeaveAsync(scope, items);
        await RefreshAsync(scope);
        await scope.Get<OaiSetService>().DeleteAsync("given-up", Token);
        await PresentAsync(scope.Get<OaiServerService>());
        _node = await PortalNode.StartAsync(new Dictionary<string, string>
        {
            ["ConnectionStrings__Portal"] = Domain.ConnectionString,
            ["Storage__Path"] = Path.Combine(Domain.Folder.FullName, "bitstreams"),
            ["Oai__PageSize"] = "7",
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        await Domain.DisposeAsync();
    }

    // Three days ago, so that there are datestamps of several days.
    private async Task BeginAsync()
    {
        Domain.Clock.Advance(TimeSpan.FromDays(-3));
        await using var db = Domain.OpenDatabase();
        await db.OaiSets.ExecuteUpdateAsync(update => update.SetProperty(set => set.Created, Domain.Clock.GetUtcNow()), Token);
    }

    private async Task<Guid> AddAsync(Collection collection, string title, int round)
    {
        var id = OrderedId.Next();
        await Domain.AddItemsAsync(new NewItem
        {
            Id = id,
            Handle = $"123456789/{1000 + round}.{Array.IndexOf(_titles, title)}",
            Collections = [collection.Id],
            Metadata =
            [
                new() { Field = "dc.title", Value = $"{title} {round}", Language = "en" },
                new() { Field = "dc.contributor.author", Value = "Müller & Söhne, Ægir" },
                new() { Field = "dc.subject", Value = "水 & <Wasser" },
                new() { Field = "dc.date.issued", Value = $"{2000 + round}-02-0{round + 1}" },
                new() { Field = "dc.identifier.uri", Value = $"https://example.org/a?b=1&c={round}" },
                new() { Field = "dc.type", Value = round % 2 == 0 ? "Thesis" : "Article" },
                new() { Field = "dc.description.abstract", Value = new string('λ', 3000) },
            ],
            Bitstreams = round == 1 ? [await Domain.StoreAsync(id, $"The text of {title}")] : [],
        });
        return id;
    }

    private async Task FollowAsync()
    {
        Domain.Clock.Advance(TimeSpan.FromHours(9));
        await Domain.Get<OaiFollower>().CatchUpAsync(Token);
    }

    private async Task RefreshAsync(TestScope scope)
    {
        await FollowAsync();
        var process = await scope.Get<ScriptService>().StartAsync(OaiSetRefreshScript.ScriptName, ScriptArguments.None, [], Token);
        await Domain.Get<ProcessRunner>().RunAsync(process.Id, null, Token);
    }

    // A hierarchy with a gap, one without members, some whose names begin alike, one without a description.
    private static async Task DefineAsync(OaiSetService sets)
    {
        await sets.CreateAsync(new("waters", "title:(rivers OR lakes)", "Waters & shores", "Rivers, lakes < seas"), Token);
        await sets.CreateAsync(new("waters:still:lakes", "title:lakes", "Lakes 湖"), Token);
        await sets.CreateAsync(new("waters2", "title:ordinary"), Token);
        await sets.CreateAsync(new("wat", "title:last", IsLive: true), Token);
        await sets.CreateAsync(new("nothing", "title:zzzz", "Nothing", "It has no members."), Token);
        await sets.CreateAsync(new("everything-else", "title:(another OR waves)"), Token);
        await sets.CreateAsync(new("given-up", "title:quoted"), Token);
    }

    // One is withdrawn, one private, one gone, and one is in a set no more; the last one was withdrawn and came back.
    private static async Task LeaveAsync(TestScope scope, List<Guid> items)
    {
        var service = scope.Get<ItemService>();
        await service.WithdrawAsync(items[0], Token);
        await service.SetDiscoverableAsync(items[10], false, Token);
        await service.DeleteAsync(items[12], Token);
        await service.WithdrawAsync(items[13], Token);
        await service.ReinstateAsync(items[13], Token);
        var item = await service.GetAsync($"{items[14]}", Token);
        await scope.Get<ItemMetadataService>().UpdateAsync(items[14], [new() { Field = "dc.title", Value = "Renamed" }], item.LastModified, Token);
    }

    private static async Task PresentAsync(OaiServerService server)
    {
        var settings = await server.GetAsync(Token);
        settings.Name = "Waters & <shores> 水";
        settings.Description = "Everything about waters & shores.";
        settings.AdminEmails = ["oai@example.org", "library@example.org"];
        settings.Friends = ["https://friend.example.org/oai"];
        await server.UpdateAsync(settings, Token);
        await server.SwitchAsync(OaiServerState.On, Token);
    }
}
