using System.CommandLine;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Web.Cli;

/// <summary>Imports a SAF package with the flags that DSpace has.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandHost host)
    {
        var add = new Option<bool>("--add", "-a") { Description = "Add the package's items." };
        var eperson = new Option<string?>("--eperson", "-e") { Description = "Who imports; the operator unless given.", HelpName = "EMAIL|ID" };
        var collections = new Option<string[]>("--collection", "-c") { Description = "A collection for all items; the first owns them, more may follow. Otherwise each item has a file \"collections\".", HelpName = "HANDLE|ID" };
        var source = new Option<string?>("--source", "-s") { Description = "The directory of item directories, or that holds the ZIP.", HelpName = "DIR" };
        var zip = new Option<string?>("--zip", "-z") { Description = "The ZIP, by its name within the source or by its path.", HelpName = "FILE" };
        var mapfile = new Option<string?>("--mapfile", "-m") { Description = "Where to write which directory became which item.", HelpName = "FILE" };
        var validate = new Option<bool>("--validate", "-v") { Description = "Check only; write nothing." };
        var resume = new Option<bool>("--resume", "-R") { Description = "Go on with an import that was interrupted, by its mapfile." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Leave out the log's line for each item." };
        var atomic = new Option<bool>("--atomic") { Description = "Add all items or none." };
        var report = new Option<string?>("--report") { Description = "Where to write the report as JSON, besides stdout.", HelpName = "FILE" };
        var command = new Command("import", "Imports a package in the Simple Archive Format.") { add, eperson, collections, source, zip, mapfile, validate, resume, quiet, atomic, report };
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            try
            {
                return await RunAsync(parsed, services, cancellationToken);
            }
            catch (PortalException refusal)
            {
                // Refused before it became a process; scripts read the report all the same.
                await PrintAsync((output, token) => SafImportOutput.WriteRefusalAsync(refusal.Message, output, token), parsed.GetValue(report), cancellationToken);
                throw;
            }
        });
        return command;

        async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
        {
            if (!parsed.GetValue(add))
            {
                throw new PortalException("Say what to do with the package: -a adds its items.");
            }

            if (parsed.GetValue(eperson) is { } person)
            {
                await BecomeAsync(services, person, cancellationToken);
            }

            var path = FindSource(parsed.GetValue(source), parsed.GetValue(zip));
            var request = new SafImportRequest
            {
                Collections = parsed.GetValue(collections) ?? [],
                Source = path,
                PackageName = Path.GetFileName(path),
                Validate = parsed.GetValue(validate),
                Atomic = parsed.GetValue(atomic),
                Quiet = parsed.GetValue(quiet),
                Mapfile = parsed.GetValue(mapfile) is { } map ? Path.GetFullPath(map) : null,
                Resume = parsed.GetValue(resume),
            };
            await using var lines = await ImportMapfile.OpenAsync(request, services, cancellationToken);
            var process = await services.GetRequiredService<SafImportService>().StartLocalAsync(request, cancellationToken);
            await services.GetRequiredService<ProcessRunner>().RunAsync(process.Id, TerminalProgress.Create(process.Id), cancellationToken);
            await lines.WriteAsync(process.Id, CancellationToken.None);
            await PrintAsync((output, token) => services.GetRequiredService<SafImportOutput>().WriteReportAsync(process.Id, output, token), parsed.GetValue(report), CancellationToken.None);
            return await ProcessOutcome.ExplainAsync(services, process.Id);
        }
    }

    private static async Task BecomeAsync(IServiceProvider services, string emailOrId, CancellationToken cancellationToken)
    {
        var person = await services.GetRequiredService<EPersonService>().FindAsync(emailOrId, cancellationToken)
            ?? throw new NotFoundException($"-e: nobody has an account with the address or id {emailOrId}. `user create` makes one.");
        services.GetRequiredService<Caller>().Become(person.Id, person.Email!, person.Role);
    }

    private static string FindSource(string? source, string? zip)
    {
        var path = (source, zip) switch
        {
            (null, null) => throw new PortalException("Say where the package is: -s a directory, -z a ZIP."),
            (_, null) => source,
            (null, _) => zip,
            _ => Path.Combine(source, zip),
        };
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return File.Exists(path) || (zip is null && Directory.Exists(path))
            ? path
            : throw new NotFoundException($"There is no {(zip is null ? "directory" : "ZIP file")} {path}. Check -s{(zip is null ? "" : " and -z")}.");
    }

    // On stdout as one line, and in the file that --report names.
    private static async Task PrintAsync(Func<Stream, CancellationToken, Task> write, string? file, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await using var report = File.Create(file);
            await write(report, cancellationToken);
        }

        await using var stdout = Console.OpenStandardOutput();
        await write(stdout, cancellationToken);
        stdout.WriteByte((byte)'\n');
    }
}
