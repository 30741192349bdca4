using System.Net;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Oai.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Oai.Access;

public sealed class OaiAccessServiceTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.CreateAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task ListHarvestersAsync_SeveralDays_SumsUpByAddressAndName()
    {
        await AskAsync("192.0.2.7", "base", "ListRecords", "oai_dc", null, 100, 1000);
        await AskAsync("192.0.2.7", "core", "Identify");
        _portal.Clock.Advance(TimeSpan.FromDays(2));
        await AskAsync("192.0.2.7", "base", "ListRecords", "datacite", "theses", 10, 100);
        await AskAsync("192.0.2.7", "base", "ListRecords", "none", "nonsense", outcome: "cannotDisseminateFormat");

        var found = await ListAsync(30);

        Assert.Equal(2, found.Total);
        var (first, second) = (found.Rows[0], found.Rows[1]);
        Assert.Equal(("192.0.2.7", "base", 3L, 110L, 1100L, 1L), ($"{first.Address}", first.UserAgent, first.Requests, first.Records, first.Bytes, first.Errors));
        Assert.Equal([":default", "theses"], first.Sets);
        Assert.Equal(["datacite", "oai_dc"], first.Formats);
        Assert.Equal(2, (first.LastSeen - first.FirstSeen).Days);
        Assert.Equal(("core", 1L, null), (second.UserAgent, second.Requests, second.LastList));
        Assert.Equal(["base"], (await ListAsync(1)).Rows.Select(row => row.UserAgent));
        Assert.Equal(10, (await ListAsync(1)).Rows[0].Records);
    }

    [Fact]
    public async Task ListHarvestersAsync_LastList_IsCompletedUnderWayOrBrokenOff()
    {
        await AskAsync("192.0.2.1", "", "ListRecords", "oai_dc", goesOn: true);
        await AskAsync("192.0.2.1", "", "ListRecords", "oai_dc", isResumed: true);
        await AskAsync("192.0.2.2", "", "ListIdentifiers", "oai_dc", goesOn: true);
        await AskAsync("192.0.2.3", "", "ListRecords", "oai_dc");
        await AskAsync("192.0.2.3", "", "ListRecords", outcome: "badResumptionToken", isResumed: true);
        await AskAsync("192.0.2.4", "", "ListRecords", "oai_dc", goesOn: true);
        await AskAsync("192.0.2.4", "", "ListSets");
        await AskAsync("192.0.2.5", "", "ListRecords", "oai_dc", outcome: "noRecordsMatch");

        Assert.Equal("Completed, UnderWay, UnderWay, UnderWay, Completed", await StatesAsync());
        _portal.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("Completed, BrokenOff, BrokenOff, BrokenOff, Completed", await StatesAsync());

        await AskAsync("192.0.2.2", "", "ListIdentifiers", "oai_dc", isResumed: true);
        Assert.Equal("Completed, Completed, BrokenOff, BrokenOff, Completed", await StatesAsync());
    }

    [Fact]
    public async Task ListHarvestersAsync_SearchedSortedAndPaged_IsCutInTheDatabase()
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            await AskAsync($"192.0.2.{i}", $"harvester_{i}", "ListRecords", "oai_dc", null, 10 * i);
        }

        await using var scope = _portal.As(Role.Administrator);
        var access = scope.Get<OaiAccessService>();
        var page = await access.ListHarvestersAsync(7, null, new PageRequest(1, 2, "records", true), Token);
        Assert.Equal((5L, "40 30"), (page.Total, string.Join(' ', page.Rows.Select(row => row.Records))));
        Assert.Equal(["192.0.2.3"], (await access.ListHarvestersAsync(7, "R_3", new PageRequest(), Token)).Rows.Select(row => $"{row.Address}"));
        Assert.Equal(["harvester_4"], (await access.ListHarvestersAsync(7, "2.4", new PageRequest(), Token)).Rows.Select(row => row.UserAgent));
        Assert.Empty((await access.ListHarvestersAsync(7, "\0%", new PageRequest(), Token)).Rows);
        foreach (var sort in new[] { "address", "first", "last", "requests", "bytes", "errors", "; DROP TABLE" })
        {
            Assert.Equal(5, (await access.ListHarvestersAsync(7, null, new PageRequest(Sort: sort), Token)).Rows.Count);
        }
    }

    [Fact]
    public async Task ListRequestsAsync_FilteredAndPaged_ComesNewestFirst()
    {
        await AskAsync("192.0.2.1", "one", "Identify");
        await AskAsync("192.0.2.1", "one", "ListRecords", "oai_dc", "theses");
        await AskAsync("2001:db8::1", "two", "ListRecords", "oai_dc", "theses", outcome: "noRecordsMatch");

        await using var scope = _portal.As(Role.Administrator);
        var access = scope.Get<OaiAccessService>();
        var all = await access.ListRequestsAsync(new(), new PageRequest(0, 2), Token);
        Assert.Equal((3L, "2001:db8::1 192.0.2.1"), (all.Total, string.Join(' ', all.Rows.Select(row => row.Address))));
        Assert.Equal(2, (await access.ListRequestsAsync(new(Address: "192.0.2.1"), new PageRequest(), Token)).Total);
        Assert.Equal(2, (await access.ListRequestsAsync(new(Address: "::ffff:192.0.2.1"), new PageRequest(), Token)).Total);
        Assert.Equal(1, (await access.ListRequestsAsync(new(Verb: "Identify"), new PageRequest(), Token)).Total);
        Assert.Equal(1, (await access.ListRequestsAsync(new(Outcome: "noRecordsMatch"), new PageRequest(), Token)).Total);
        Assert.Equal(1, (await access.ListRequestsAsync(new(Address: "192.0.2.1", Set: "theses"), new PageRequest(), Token)).Total);
        Assert.Equal(0, (await access.ListRequestsAsync(new(Set: "\0"), new PageRequest(), Token)).Total);
    }

    [Fact]
    public async Task Lists_AskedWrongly_AreRefused()
    {
        await using var scope = _portal.As(Role.Administrator);
        var access = scope.Get<OaiAccessService>();
        await Assert.ThrowsAsync<UnusableException>(() => access.ListHarvestersAsync(0, null, new PageRequest(), Token));
        await Assert.ThrowsAsync<UnusableException>(() => access.ListHarvestersAsync(3651, null, new PageRequest(), Token));
        await Assert.ThrowsAsync<UnusableException>(() => access.ListRequestsAsync(new(Address: "here"), new PageRequest(), Token));
        await Assert.ThrowsAsync<UnusableException>(() => access.ListRequestsAsync(new(Outcome: "fine"), new PageRequest(), Token));

        await using var curator = _portal.As(Role.Curator);
        await Assert.ThrowsAsync<ForbiddenException>(() => curator.Get<OaiAccessService>().ListHarvestersAsync(7, null, new PageRequest(), Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => curator.Get<OaiAccessService>().ListRequestsAsync(new(), new PageRequest(), Token));
    }

    private async Task<Page<OaiHarvester>> ListAsync(int days)
    {
        await using var scope = _portal.As(Role.Administrator);
        return await scope.Get<OaiAccessService>().ListHarvestersAsync(days, null, new PageRequest(), Token);
    }

    private async Task<string> StatesAsync() => string.Join(", ", (await ListAsync(7)).Rows.OrderBy(row => $"{row.Address}", StringComparer.Ordinal).Select(row => row.LastList));

    private async Task AskAsync(
        string address, string agent, string verb, string? prefix = null, string? set = null, int records = 0, long bytes = 0, bool goesOn = false, bool isResumed = false, string outcome = "ok")
    {
        var log = _portal.Get<OaiAccessLog>();
        var request = log.Begin(IPAddress.Parse(address), agent);
        (request.Verb, request.MetadataPrefix, request.SetSpec, request.Records, request.Bytes, request.GoesOn, request.IsResumed, request.Outcome) = (verb, prefix, set, records, bytes, goesOn, isResumed, outcome);
        log.Add(request);
        await log.FlushAsync(Token);
    }
}
