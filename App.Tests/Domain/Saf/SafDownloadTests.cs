using AdminPortal.Domain.Common;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafDownloadTests
{
    private const string Workspace = "process-7-download";
    private static readonly byte[] _package = RandomBytes(3_000_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Download_FileOfAKnownLength_IsStoredWithItsProgressTold()
    {
        await using var portal = await CreateAsync();
        await using var site = await TestSite.StartAsync((context, _) => TestSite.OfferAsync(context, _package));
        var told = new List<string>();

        var content = await DownloadAsync(portal, site, told.Add);

        Assert.Equal(_package, await ReadAsync(portal, content));
        Assert.Equal(("Downloading, 0 of 3 MB", "Downloading, 3 of 3 MB"), (told[0], told[^1]));
        Assert.Equal(["/package.zip"], site.Requests);
    }

    [Fact]
    public async Task Download_LengthNotTold_IsStored()
    {
        await using var portal = await CreateAsync();
        await using var site = await TestSite.StartAsync(async (context, _) => await context.Response.Body.WriteAsync(_package));
        var told = new List<string>();

        var content = await DownloadAsync(portal, site, told.Add);

        Assert.Equal(_package, await ReadAsync(portal, content));
        Assert.Contains("Downloading, 0 bytes", told);
    }

    [Fact]
    public async Task Download_ConnectionBreaks_GoesOnWithTheRest()
    {
        await using var portal = await CreateAsync(("Retries", "3"));
        await using var site = await TestSite.StartAsync((context, count) =>
            count == 1 ? TestSite.BreakAsync(context, _package, 1_000_000) : TestSite.OfferAsync(context, _package));
        var told = new List<string>();

        var content = await DownloadAsync(portal, site, told.Add);

        Assert.Equal(_package, await ReadAsync(portal, content));
        Assert.Equal(["/package.zip", "/package.zip bytes=1000000- \"1\""], site.Requests);
        Assert.Contains(told, text => text.StartsWith("Downloading, 1 of 3 MB; ", StringComparison.Ordinal) && text.EndsWith("tries again in 1 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Download_AnotherRun_GoesOnWhereTheFirstFailed()
    {
        await using var portal = await CreateAsync(("Retries", "0"));
        await using var site = await TestSite.StartAsync((context, count) =>
            count == 1 ? TestSite.BreakAsync(context, _package, 1_000_000) : TestSite.OfferAsync(context, _package));

        var refusal = await Assert.ThrowsAsync<PortalException>(() => DownloadAsync(portal, site));
        var content = await DownloadAsync(portal, site);

        Assert.Contains($"{site.Address}package.zip?… could not be downloaded: ", refusal.Message);
        Assert.EndsWith("1 MB have arrived. Check the address, or resume the process to go on.", refusal.Message);
        Assert.DoesNotContain("secret", refusal.Message);
        Assert.Equal(_package, await ReadAsync(portal, content));
        Assert.Equal("/package.zip bytes=1000000- \"1\"", site.Requests[1]);
    }

    [Theory]
    [InlineData("\"1\"", "\"2\"", "bytes=1000000- \"1\"")]
    [InlineData("W/\"1\"", "W/\"1\"", "")]
    public async Task Download_OtherVersionOrNobodyCanTell_StartsOver(string first, string second, string range)
    {
        await using var portal = await CreateAsync(("Retries", "1"));
        var other = RandomBytes(2_000_000);
        await using var site = await TestSite.StartAsync((context, count) =>
            count == 1 ? TestSite.BreakAsync(context, _package, 1_000_000, first) : TestSite.OfferAsync(context, other, second));

        var content = await DownloadAsync(portal, site);

        Assert.Equal(other, await ReadAsync(portal, content));
        Assert.Equal(["/package.zip", $"/package.zip {range}".TrimEnd()], site.Requests);
    }

    [Fact]
    public async Task Download_ServerSendsAnotherRange_StartsOver()
    {
        await using var portal = await CreateAsync(("Retries", "2"));
        await using var site = await TestSite.StartAsync((context, count) =>
        {
            if (count == 2)
            {
                context.Response.StatusCode = StatusCodes.Status206PartialContent;
                context.Response.Headers.ContentRange = $"bytes 5-9/{_package.Length}";
                return context.Response.Body.WriteAsync(_package.AsMemory(5, 5)).AsTask();
            }

            return count == 1 ? TestSite.BreakAsync(context, _package, 1_000_000) : TestSite.OfferAsync(context, _package);
        });

        var content = await DownloadAsync(portal, site);

        Assert.Equal(_package, await ReadAsync(portal, content));
        Assert.Equal("/package.zip", site.Requests[2]);
    }

    [Fact]
    public async Task Download_Stalls_IsTakenForLost()
    {
        await using var portal = await CreateAsync(("Retries", "0"));
        await using var site = await TestSite.StartAsync((context, _) => TestSite.StallAsync(context, _package, 1_000_000));

        var refusal = await Assert.ThrowsAsync<PortalException>(() => DownloadAsync(portal, site));

        Assert.Contains("could not be downloaded: nothing came for 1 s. 1 MB have arrived.", refusal.Message);
    }

    [Fact]
    public async Task Download_TooSlow_EndsAfterItsTime()
    {
        await using var portal = await CreateAsync(("StallTimeout", "00:10:00"), ("MaxTime", "00:00:01"));
        await using var site = await TestSite.StartAsync((context, _) => TestSite.StallAsync(context, _package, 1_000_000));

        var refusal = await Assert.ThrowsAsync<PortalException>(() => DownloadAsync(portal, site));

        Assert.Contains("was not here within 00:00:01, the longest that a download may take. 1 MB have arrived.", refusal.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Download_TooLarge_IsRefused(bool tellsItsLength)
    {
        await using var portal = await CreateAsync(("MaxBytes", "2999999"));
        await using var site = await TestSite.StartAsync((context, _) => tellsItsLength ? TestSite.OfferAsync(context, _package) : context.Response.Body.WriteAsync(_package).AsTask());

        var refusal = await Assert.ThrowsAsync<TooLargeException>(() => DownloadAsync(portal, site));

        Assert.Equal(
            $"{site.Address}package.zip?… has more than the 3 MB that a download may have. Split the package, or ask an administrator to raise the setting SafDownload__MaxBytes.", refusal.Message);
    }

    [Fact]
    public async Task Download_ServerIsBusyForAMoment_IsTriedAgain()
    {
        await using var portal = await CreateAsync(("Retries", "1"));
        await using var site = await TestSite.StartAsync((context, count) => count == 1 ? Results.StatusCode(503).ExecuteAsync(context) : TestSite.OfferAsync(context, _package));

        var content = await DownloadAsync(portal, site);

        Assert.Equal(_package, await ReadAsync(portal, content));
    }

    [Fact]
    public async Task RemoveAbandoned_NobodyGoesOn_GoesAfterItsTime()
    {
        await using var portal = await CreateAsync(("Retries", "0"));
        await using var site = await TestSite.StartAsync((context, _) => TestSite.BreakAsync(context, _package, 1_000_000));
        await Assert.ThrowsAsync<PortalException>(() => DownloadAsync(portal, site));
        portal.Get<IBitstreamStore>().OpenPartial("process-7-1")!.CutTo(0);

        var early = await portal.Get<SafDownload>().RemoveAbandonedAsync(Token);
        portal.Clock.Advance(TimeSpan.FromDays(4));
        var late = await portal.Get<SafDownload>().RemoveAbandonedAsync(Token);

        Assert.Equal((0, 1), (early, late));
        Assert.Equal(["process-7-1"], Directory.EnumerateDirectories(Path.Combine(portal.Folder.FullName, "bitstreams", "staging")).Select(Path.GetFileName));
    }

    private static Task<TestPortal> CreateAsync(params (string Name, string Value)[] settings) => TestPortal.CreateAsync(
        new Dictionary<string, string?>(new Dictionary<string, string?> { ["AllowedNetworks:0"] = "127.0.0.0/8", ["StallTimeout"] = "00:00:01" }
            .Concat(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .GroupBy(setting => setting.Key, setting => setting.Value)
            .Select(setting => KeyValuePair.Create($"SafDownload:{setting.Key}", setting.Last()))));

    private static Task<StoredContent> DownloadAsync(TestPortal portal, TestSite site, Action<string>? tell = null) => portal.Get<SafDownload>()
        .DownloadAsync(new Uri(site.Address, "/package.zip?token=secret"), Workspace, progress => tell?.Invoke($"{progress}"), package => portal.Get<IBitstreamStore>().PublishAsync([package], Token), Token);

    private static Task<byte[]> ReadAsync(TestPortal portal, StoredContent content) => File.ReadAllBytesAsync(portal.Get<IBitstreamStore>().GetLocalPath(content.Sha256), Token);

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
