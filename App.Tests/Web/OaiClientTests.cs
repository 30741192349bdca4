using System.Diagnostics;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Web;

/// <summary>Harvests by clients that others have written. They are installed when <c>PORTAL_TEST_CLIENTS</c> is 1, and used where they are there.</summary>
public sealed class OaiClientTests(HarvestedPortal portal) : IClassFixture<HarvestedPortal>
{
    private const string Http = """
        my $list = HTTP::OAI::Harvester->new(baseURL => $ARGV[0])->ListRecords(
            metadataPrefix => $ARGV[1], onRecord => sub { print $_[0]->identifier, $_[0]->is_deleted ? " deleted\n" : "\n" });
        die $list->message if $list->is_error;
        """;

    private const string Catmandu = """
        Catmandu::Importer::OAI->new(url => $ARGV[0], metadataPrefix => $ARGV[1])->each(sub { print $_[0]->{_id}, $_[0]->{_status} ? " deleted\n" : "\n" });
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP::OAI", "libhttp-oai-perl", Http, "oai_dc")]
    [InlineData("HTTP::OAI", "libhttp-oai-perl", Http, "qdc")]
    [InlineData("Catmandu::Importer::OAI", "libcatmandu-oai-perl", Catmandu, "oai_dc")]
    [InlineData("Catmandu::Importer::OAI", "libcatmandu-oai-perl", Catmandu, "qdc")]
    public async Task Harvest_ByAnIndependentClient_IsWhatTheDatabaseHolds(string module, string package, string script, string prefix)
    {
        if (Environment.GetEnvironmentVariable("PORTAL_TEST_CLIENTS") == "1")
        {
            await RunAsync("apt-get", "install", "-y", "--no-install-recommends", package);
        }

        Assert.SkipUnless((await RunAsync("perl", $"-M{module}", "-e", "1")).ExitCode == 0, $"{package} is not installed. Set PORTAL_TEST_CLIENTS=1 to have it installed.");

        var (output, exitCode) = await RunAsync("perl", $"-M{module}", "-e", script, portal.BaseUrl.AbsoluteUri, prefix);

        Assert.Equal(0, exitCode);
        Assert.Equal(await ToldAsync(), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<string>> ToldAsync()
    {
        await using var db = portal.Domain.OpenDatabase();
        var rows = await db.OaiRecords.Where(record => db.OaiSets.Any(set => set.Id == record.SetId && set.Spec == ""))
            .Join(db.OaiItems, record => record.OaiItemId, item => item.Id, (record, item) => new { item.Handle, record.Reason }).ToListAsync(Token);
        return [.. rows.Select(row => $"oai:adminportal.localhost:{row.Handle}{(row.Reason is null ? "" : " deleted")}").Order(StringComparer.Ordinal)];
    }

    private static async Task<(string Output, int ExitCode)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        await errors;
        return (output, process.ExitCode);
    }
}
