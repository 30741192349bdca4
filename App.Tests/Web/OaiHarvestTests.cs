using System.Net;
using System.Xml.Linq;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Web;

/// <summary>A harvester reads everything again and again while items come, change, move between sets and go, and while the node is killed at random moments: what stays as it is comes once in each list, and in the end nothing is missing.</summary>
public sealed class OaiHarvestTests : IAsyncLifetime
{
    private const int Stable = 300, Restless = 100, Kills = 5;

    private static readonly XNamespace _oai = "http://www.openarchives.org/OAI/2.0/";

    // Seeded, so that a failure can be repeated as far as time allows.
    private readonly Random _harvester = new(5), _changer = new(6);
    private readonly List<Guid> _restless = [];
    private readonly HashSet<string> _stable = [];
    private readonly Dictionary<string, string?> _mirror = [];   // the titles by identifier; null for what is deleted
    private TestPortal? _portal;
    private PortalNode? _node;
    private Collection? _collection;
    private int _kills;

    private TestPortal Portal => _portal!;

    private PortalNode Node => _node!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await TestPortal.CreateAsync();
        _collection = await Portal.AddCollectionAsync("Waters");
        for (var i = 0; i < Stable + Restless; i++)
        {
            var item = await AddAsync();
            if (i % 4 == 0)
            {
                _restless.Add(item.Id);
            }
            else
            {
                _stable.Add($"oai:adminportal.localhost:{item.Handle}");
            }
        }

        await using (var scope = Portal.As(Role.Administrator))
        {
            await scope.Get<OaiSetService>().CreateAsync(new("rivers", "title:river", IsLive: true), Token);
            await scope.Get<OaiSetService>().CreateAsync(new("lakes", "title:lake", IsLive: true), Token);
            await scope.Get<OaiServerService>().SwitchAsync(OaiServerState.On, Token);
        }

        _node = await PortalNode.StartAsync(new Dictionary<string, string>
        {
            ["ConnectionStrings__Portal"] = Portal.ConnectionString,
            ["Storage__Path"] = Path.Combine(Portal.Folder.FullName, "bitstreams"),
            ["Oai__PageSize"] = "20",
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        await Portal.DisposeAsync();
    }

    [Fact]
    public async Task ListRecords_WhileItemsChangeAndTheNodeIsKilled_DeliversWhatIsStableOnceAndLosesNothing()
    {
        await SettleAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var changing = ChangeAsync(ended.Token);
        while (_kills < Kills)
        {
            var (_, records) = await HarvestAsync("");
            Assert.Equal(records.Count, records.Select(record => record.Identifier).Distinct().Count());
            Assert.Equal(_stable.Order(), records.Where(record => record.Title is not null).Select(record => record.Identifier).Where(_stable.Contains).Order());
        }

        // Another one takes only what has changed, from the date of its last harvest on.
        string? from = null;
        for (var round = 0; round < 6; round++)
        {
            from = await MirrorAsync(from);
        }

        await ended.CancelAsync();
        await changing;
        await SettleAsync();
        await MirrorAsync(from);
        Assert.Equal(await PublishedAsync(), _mirror.Where(record => record.Value is not null).Select(record => $"{record.Key} {record.Value}").Order(StringComparer.Ordinal));
    }

    private async Task<string> MirrorAsync(string? from)
    {
        var (date, records) = await HarvestAsync(from is null ? "" : $"&from={from}");
        foreach (var (identifier, title) in records)
        {
            _mirror[identifier] = title;
        }

        return date;
    }

    private async Task<(string Date, List<(string Identifier, string? Title)> Records)> HarvestAsync(string selection)
    {
        var (query, records, date) = ($"metadataPrefix=oai_dc{selection}", new List<(string, string?)>(), default(string));
        while (true)
        {
            if (_kills < Kills && _harvester.Next(30) == 0)
            {
                await Node.KillAsync();
                await Node.StartAgainAsync();
                _kills++;
            }

            var answer = await AskAsync($"verb=ListRecords&{query}");
            date ??= (string)answer.Element(_oai + "responseDate")!;
            if ((string?)answer.Element(_oai + "error")?.Attribute("code") is { } code)
            {
                Assert.True(code == "noRecordsMatch" && records.Count == 0, answer.ToString());
                return (date, records);
            }

            var list = answer.Element(_oai + "ListRecords")!;
            records.AddRange(list.Elements(_oai + "record").Select(record => (
                (string)record.Descendants(_oai + "identifier").First()!, record.Descendants().FirstOrDefault(element => element.Name.LocalName == "title")?.Value)));
            if ((string?)list.Element(_oai + "resumptionToken") is not { Length: > 0 } token)
            {
                return (date, records);
            }

            query = $"resumptionToken={Uri.EscapeDataString(token)}";
        }
    }

    private async Task<XElement> AskAsync(string query)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync($"{Node.Address}oai?{query}", Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return XElement.Parse(await response.Content.ReadAsStringAsync(Token));
    }

    private async Task ChangeAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var place = _changer.Next(_restless.Count);
            await using var scope = Portal.As(Role.Administrator);
            var items = scope.Get<ItemService>();
            var item = await items.GetAsync($"{_restless[place]}", Token);
            switch (_changer.Next(6))
            {
                case 0:
                    _restless.Add((await AddAsync()).Id);
                    break;
                case 1 when _restless.Count > Restless:
                    await items.DeleteAsync(item.Id, Token);
                    _restless.RemoveAt(place);
                    break;
                case 2 or 3 when item.State == ItemState.Archived:
                    await items.WithdrawAsync(item.Id, Token);
                    break;
                case 2 or 3 when item.State == ItemState.Withdrawn:
                    await items.ReinstateAsync(item.Id, Token);
                    break;
                default:
                    await scope.Get<ItemMetadataService>().UpdateAsync(item.Id, [new() { Field = "dc.title", Value = Title() }], item.LastModified, Token);
                    break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), Token);
        }
    }

    private Task<NewItem> AddAsync() => Portal.AddItemAsync(Title(), [_collection!.Id]);

    private string Title() => $"A {(_changer.Next(2) == 0 ? "river" : "lake")} {_changer.Next()}";

    // Until harvesters are told of everything; then a second longer, because lists end before the present one.
    private async Task SettleAsync()
    {
        await Portal.Get<OaiFollower>().CatchUpAsync(Token);
        await Task.Delay(TimeSpan.FromSeconds(2.1), Token);
    }

    private async Task<IReadOnlyList<string>> PublishedAsync()
    {
        await using var db = Portal.OpenDatabase();
        var rows = await db.Items.Where(item => item.State == ItemState.Archived && item.Discoverable)
            .Join(db.Handles, item => item.Id, handle => handle.ItemId, (item, handle) => new { handle.Value, item.Title }).ToListAsync(Token);
        return [.. rows.Select(row => $"oai:adminportal.localhost:{row.Value} {row.Title}").Order(StringComparer.Ordinal)];
    }
}
