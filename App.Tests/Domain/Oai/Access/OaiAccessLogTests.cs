using System.Net;
using AdminPortal.Domain.Oai.Access;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Oai.Access;

public sealed class OaiAccessLogTests : IAsyncLifetime
{
    private static readonly IPAddress _address = IPAddress.Parse("192.0.2.7");

    private TestPortal _portal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OaiAccessLog Log => _portal.Get<OaiAccessLog>();

    public async ValueTask InitializeAsync() => _portal = await TestPortal.CreateAsync(new Dictionary<string, string?> { ["Oai:KeepRequestsDays"] = "30", ["Oai:KeepHarvestersDays"] = "60" });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task FlushAsync_EntriesWait_WritesThemAsTheyAre()
    {
        var asked = Ask("ListRecords", "oai_dc", "theses", records: 250, bytes: 70_000, goesOn: true);
        (asked.AskedFrom, asked.AskedUntil, asked.IsResumed, asked.Milliseconds) = ("2026-01-01", "2026-02-01", true, 12);
        Log.Add(asked);

        await Log.FlushAsync(Token);

        var kept = Assert.Single(await ReadAsync());
        Assert.Equal(
            (_address, "harvester/1.0", "ListRecords", "oai_dc", "theses", "2026-01-01", "2026-02-01", true, true, 250, 70_000, 12, "ok"),
            (kept.Address, kept.UserAgent, kept.Verb, kept.MetadataPrefix, kept.SetSpec, kept.AskedFrom, kept.AskedUntil, kept.IsResumed, kept.GoesOn, kept.Records, kept.Bytes, kept.Milliseconds, kept.Outcome));
        Assert.Equal(asked.At, kept.At, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task FlushAsync_SeveralOfADay_AddsThemToItsTotals()
    {
        Log.Add(Ask("ListRecords", "oai_dc", "theses", records: 250, bytes: 1000, goesOn: true));
        Log.Add(Ask("ListRecords", "oai_dc", "theses", records: 50, bytes: 500));
        await Log.FlushAsync(Token);
        Log.Add(Ask("ListRecords", "oai_dc", "theses", records: 10, bytes: 100));
        Log.Add(Ask("ListRecords", "oai_dc", "theses", outcome: "noRecordsMatch"));
        Log.Add(Ask("ListRecords", "none", "whatever", outcome: "cannotDisseminateFormat"));

        await Log.FlushAsync(Token);

        await using var db = _portal.OpenDatabase();
        var days = await db.OaiHarvesterDays.OrderBy(day => day.SetSpec).ToListAsync(Token);
        Assert.Equal(
            [("", "", 1, 0, 0, 1, false), ("theses", "oai_dc", 4, 310, 1600, 0, false)],
            days.Select(day => (day.SetSpec, day.MetadataPrefix, (int)day.Requests, (int)day.Records, (int)day.Bytes, (int)day.Errors, day.GoesOn)));
        Assert.Equal(5, (await ReadAsync()).Count);
    }

    [Fact]
    public void Add_NobodyWrites_DropsWhatHasNoRoom()
    {
        var taken = Enumerable.Range(0, OaiAccessLog.MostWaiting + 5).Count(_ => Log.Add(Ask("Identify")));

        Assert.Equal(OaiAccessLog.MostWaiting, taken);
    }

    [Fact]
    public async Task FlushAsync_MoreThanABatch_WritesAll()
    {
        foreach (var i in Enumerable.Range(0, 2500))
        {
            Log.Add(Ask("Identify", agent: $"harvester {i % 3}"));
        }

        await Log.FlushAsync(Token);

        await using var db = _portal.OpenDatabase();
        Assert.Equal((2500, 3, 2500), (await db.OaiAccesses.CountAsync(Token), await db.OaiHarvesterDays.CountAsync(Token), await db.OaiHarvesterDays.SumAsync(day => (int)day.Requests, Token)));
    }

    [Fact]
    public async Task WriteAsync_WhileItRuns_WritesByItselfAndKeepsTheRestForTheFlush()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writing = Log.WriteAsync(stop.Token);

        Log.Add(Ask("Identify"));
        await UntilAsync(1);
        Log.Add(Ask("ListSets"));
        await stop.CancelAsync();
        await writing;
        await Log.FlushAsync(Token);

        Assert.Equal(["Identify", "ListSets"], (await ReadAsync()).Select(request => request.Verb));
    }

    [Fact]
    public async Task Add_WhatTheDatabaseWouldRefuse_IsKeptWithoutIt()
    {
        Log.Add(Ask("Identify", agent: new string('a', 199) + "😀\0"));
        Log.Add(Ask("Identify", agent: "a\0b\n\e[2J"));

        await Log.FlushAsync(Token);

        Assert.Equal([new string('a', 199), "a\uFFFDb\uFFFD\uFFFD[2J"], (await ReadAsync()).Select(request => request.UserAgent));
    }

    [Fact]
    public async Task Add_AddressesOfOneInterfaceAndAnother_AreOneHarvester()
    {
        Log.Add(Log.Begin(IPAddress.Parse("fe80::1%2"), "one"));
        Log.Add(Log.Begin(IPAddress.Parse("fe80::1%3"), "one"));
        Log.Add(Log.Begin(IPAddress.Parse("::ffff:192.0.2.7"), "one"));

        await Log.FlushAsync(Token);

        await using var db = _portal.OpenDatabase();
        Assert.Equal(["192.0.2.7", "fe80::1"], (await db.OaiHarvesterDays.Select(day => day.Address).ToListAsync(Token)).Select(address => address.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.0")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.0")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::")]
    public async Task Add_AddressesAreToNameNobody_CutsThem(string address, string kept)
    {
        await using var portal = await TestPortal.CreateAsync(new Dictionary<string, string?> { ["Oai:AnonymizeAddresses"] = "true" });
        var log = portal.Get<OaiAccessLog>();
        log.Add(log.Begin(IPAddress.Parse(address), "one"));

        await log.FlushAsync(Token);

        await using var db = portal.OpenDatabase();
        Assert.Equal((kept, kept), ($"{(await db.OaiAccesses.SingleAsync(Token)).Address}", $"{(await db.OaiHarvesterDays.SingleAsync(Token)).Address}"));
    }

    [Fact]
    public async Task PurgeAsync_AfterSomeTime_ForgetsRequestsThenTotals()
    {
        Log.Add(Ask("Identify"));
        await Log.FlushAsync(Token);
        Assert.Equal(0, await Log.PurgeAsync(Token));

        _portal.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await Log.PurgeAsync(Token));
        await using var db = _portal.OpenDatabase();
        Assert.Equal((0, 1), (await db.OaiAccesses.CountAsync(Token), await db.OaiHarvesterDays.CountAsync(Token)));

        _portal.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await Log.PurgeAsync(Token));
        Assert.Equal(0, await db.OaiHarvesterDays.CountAsync(Token));
    }

    private OaiAccess Ask(
        string verb, string? prefix = null, string? set = null, int records = 0, long bytes = 0, bool goesOn = false, string outcome = "ok", string agent = "harvester/1.0")
    {
        var request = Log.Begin(_address, agent);
        (request.Verb, request.MetadataPrefix, request.SetSpec, request.Records, request.Bytes, request.GoesOn, request.Outcome) = (verb, prefix, set, records, bytes, goesOn, outcome);
        return request;
    }

    private async Task<List<OaiAccess>> ReadAsync()
    {
        await using var db = _portal.OpenDatabase();
        return await db.OaiAccesses.AsNoTracking().OrderBy(request => request.Id).ToListAsync(Token);
    }

    private async Task UntilAsync(int count)
    {
        for (var i = 0; (await ReadAsync()).Count < count; i++)
        {
            Assert.True(i < 300, "Nothing was written.");
            await Task.Delay(100, Token);
        }
    }
}
