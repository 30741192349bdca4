using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafExportServiceTests : ExportTests
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["SafExport:MaxBytes"] = "20" };

    [Theory]
    [InlineData("rivers", "Rivers of the north", "Two Rivers")]
    [InlineData("rivers AND north", "Rivers of the north")]
    [InlineData("\"rivers of\"", "Rivers of the north")]
    [InlineData("dc.type:map*", "Two Rivers")]
    [InlineData("+DC.Type:\"old maps\" +two", "Two Rivers")]
    [InlineData("collection:Theses -title:rivers", "100% wool")]
    public async Task Estimate_Query_FindsWhatTheSearchFinds(string query, params string[] expected)
    {
        await AddAsync("Rivers of the north", "Thesis");
        await AddAsync("Two Rivers", "Old maps");
        await AddAsync("100% wool", "Thesis");
        var request = ScriptArguments.None.With("-t", "QUERY").With("-i", query);

        await ExportAsync(request.With("-d", Home));

        var titles = Directory.GetDirectories(Home).Order().Select(folder => File.ReadAllText(Path.Combine(folder, "dublin_core.xml"))).Select(xml => xml.Split("none\">")[1].Split('<')[0]);
        Assert.Equal(expected, titles);
    }

    [Theory]
    [InlineData(" ", "-i needs a value")]
    [InlineData("dc.tpye:map", "The query cannot be understood. Line 1, column 1: There is no field dc.tpye. Did you mean dc.type?")]
    [InlineData("rivers AND (", "The query cannot be understood. Line 1, column ")]
    [InlineData("unicorns", "The search for unicorns holds no archived items, so there is nothing to export.")]
    public async Task Start_QueryThatFindsNothing_IsRefusedAndSaysWhy(string query, string reason)
    {
        await using var scope = Portal.AsOperator();

        var refusal = await Assert.ThrowsAsync<PortalException>(() => scope.Get<ScriptService>().StartAsync("export", ScriptArguments.None.With("-t", "QUERY").With("-i", query), [], Token));

        Assert.StartsWith(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Estimate_Query_TakesPrivateItemsOfOnesOwnAndTellsNothingOfOthers()
    {
        var foreign = await Portal.AddCollectionAsync("Maps");
        await Portal.AddItemAsync("River seen", [Collection.Id]);
        await Portal.AddItemAsync("River of others", [foreign.Id]);
        var (own, others, withdrawn) = (await Portal.AddItemAsync("River private", [Collection.Id]), await Portal.AddItemAsync("River secret", [foreign.Id]), await Portal.AddItemAsync("River withdrawn", [Collection.Id]));
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), Collection.Id, Token);
            await scope.Get<ItemService>().SetDiscoverableAsync(own.Id, false, Token);
            await scope.Get<ItemService>().SetDiscoverableAsync(others.Id, false, Token);
            await scope.Get<ItemService>().WithdrawAsync(withdrawn.Id, Token);
        }

        await using var curator = Portal.As(Role.Curator);
        await using var administrator = Portal.As(Role.Administrator);
        var request = new SafExportRequest(ScriptArguments.None.With("-t", "QUERY").With("-i", "river"));

        Assert.Equal(new("The search for river", 2, 1, 0, 0), await curator.Get<SafExportService>().EstimateAsync(request, Token));
        Assert.Equal(new("The search for river", 4, 0, 0, 0), await administrator.Get<SafExportService>().EstimateAsync(request, Token));
    }

    [Fact]
    public async Task Estimate_CommunityOrSite_CountsAllBelow()
    {
        var faculty = await Portal.AddCommunityAsync("Faculty");
        var institute = await Portal.AddCommunityAsync("Institute", faculty.Id);
        var maps = await Portal.AddCollectionAsync("Maps", institute.Id);
        await Portal.AddItemAsync("Elsewhere", [Collection.Id], "12345");
        await Portal.AddItemAsync("Below", [maps.Id, Collection.Id], "1234567");
        await using var scope = Portal.AsOperator();
        var exports = scope.Get<SafExportService>();

        var all = await exports.EstimateAsync(new(ScriptArguments.None.With("-t", "SITE")), Token);
        var community = await exports.EstimateAsync(new(ScriptArguments.None.With("-t", "COMMUNITY").With("-i", faculty.Handle!.Value)), Token);
        var mapped = await exports.EstimateAsync(new(Request()), Token);
        var bare = await exports.EstimateAsync(new(Request().With("-x", true)), Token);

        Assert.Equal(
            [new("The repository", 2, 0, 2, 12), new("Faculty", 1, 0, 1, 7), new("Theses", 2, 0, 2, 12), new("Theses", 2, 0, 0, 0)],
            new[] { all, community, mapped, bare });
    }

    [Fact]
    public async Task Start_MoreThanTheLimit_IsRefusedForAdministratorsToo()
    {
        await Portal.AddItemAsync("Long", [Collection.Id], "123456789012345678901");
        await using var scope = Portal.AsOperator();

        var refusal = await Assert.ThrowsAsync<PortalException>(() => scope.Get<ScriptService>().StartAsync("export", Request(), [], Token));

        Assert.Equal("The files of this export have 21 bytes; the setting SafExport__MaxBytes allows 20. Export in parts, by collections or items, or leave out the files, or have the setting raised.", refusal.Message);
    }

    [Fact]
    public async Task Start_Curator_GetsWhatTheirCollectionsOwn()
    {
        var foreign = await Portal.AddCollectionAsync("Maps");
        var own = await Portal.AddItemAsync("Own", [Collection.Id]);
        var mapped = await Portal.AddItemAsync("Mapped", [foreign.Id, Collection.Id]);
        await using (var scope = Portal.AsOperator())
        {
            await scope.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), Collection.Id, Token);
        }

        await using var curator = Portal.As(Role.Curator);
        var (exports, scripts) = (curator.Get<SafExportService>(), curator.Get<ScriptService>());

        var process = await RunAsync((await scripts.StartAsync("export", Request(), [], Token)).Id);

        Assert.Equal(new("Theses", 1, 1, 0, 0), await exports.EstimateAsync(new(Request()), Token));
        Assert.Equal(own.Handle + "\n", Assert.Single(Read((await ZipsOfAsync(process))[0].Path), file => file.Path.EndsWith("handle", StringComparison.Ordinal)).Text);
        await Assert.ThrowsAsync<ForbiddenException>(() => scripts.StartAsync("export", ScriptArguments.None.With("-t", "SITE"), [], Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => scripts.StartAsync("export", ScriptArguments.None.With("-t", "COLLECTION").With("-i", foreign.Handle!.Value), [], Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => scripts.StartAsync("export", ScriptArguments.None.With("-t", "ITEM").With("-i", mapped.Handle), [], Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => scripts.StartAsync("export", ScriptArguments.None.With("-t", "QUERY").With("-i", "mapped"), [], Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => scripts.StartLocalAsync("export", Request().With("-d", Home), Token));
    }

    [Theory]
    [InlineData(Role.User)]
    [InlineData(null)]
    public async Task Start_NeitherCuratorNorAdministrator_IsForbidden(Role? role)
    {
        await Portal.AddItemAsync("Open", [Collection.Id]);
        await using var scope = role is { } known ? Portal.As(known) : Portal.AsVisitor();

        await Assert.ThrowsAsync<ForbiddenException>(() => scope.Get<ScriptService>().StartAsync("export", Request(), [], Token));
    }

    [Theory]
    [InlineData("500M", 500_000_000L)]
    [InlineData("2 GB", 2_000_000_000L)]
    [InlineData("1.5k", 1500L)]
    [InlineData("42", 42L)]
    [InlineData("7 bytes", 7L)]
    public void TryParseSize_Size_IsInPowersOfAThousand(string size, long bytes) => Assert.Equal(bytes, SafExportWords.TryParseSize(size));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("M")]
    [InlineData("5 apples")]
    [InlineData("999999999999999T")]
    public void TryParseSize_NoSize_IsNothing(string size) => Assert.Null(SafExportWords.TryParseSize(size));

    [Fact]
    public async Task Start_AnotherKindOfThing_IsNotFound()
    {
        await using var scope = Portal.AsOperator();

        var refusal = await Assert.ThrowsAsync<NotFoundException>(() => scope.Get<ScriptService>().StartAsync("export", ScriptArguments.None.With("-t", "ITEM").With("-i", Collection.Handle!.Value), [], Token));

        Assert.Equal($"There is no item {Collection.Handle!.Value}. Give the handle or id of one.", refusal.Message);
    }

    private Task AddAsync(string title, string type) => Portal.AddItemsAsync(new NewItem
    {
        Handle = $"123456789/{title.Length + 100}",
        Collections = [Collection.Id],
        Metadata = [new() { Field = "dc.title", Value = title }, new() { Field = "dc.type", Value = type }],
        Bitstreams = [],
    });
}
