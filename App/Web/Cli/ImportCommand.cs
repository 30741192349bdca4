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
        var command = new Command("import", "Adds, replaces or deletes items by packages in the Simple Archive Format and their mapfiles.");
        var options = new ScriptOptions(SafImportScript.Offered, command);
        var eperson = new Option<string?>("--eperson", "-e") { Description = "Who imports; the operator unless given.", HelpName = "EMAIL|ID" };
        var report = new Option<string?>("--report") { Description = "Where to write the report as JSON, besides stdout.", HelpName = "FILE" };
        command.Options.Add(eperson);
        command.Options.Add(report);
        host.Handle(command, async (parsed, services, cancellationToken) =>
        {
            try
            {
                return await RunAsync(parsed, services, cancellationToken);
            }
            catch (PortalException refusal)
            {
                // Refused before it became a process; scripts read the report all the same.
                await PrintAsync((output, token) => SafImportOutput.WriteRefusalAsync(new SafImportRequest(options.Read(parsed)).Mode, refusal.Message, output, token), parsed.GetValue(report), cancellationToken);
                throw;
            }
        });
        return command;

        async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancellationToken)
        {
            if (parsed.GetValue(eperson) is { } person)
            {
                await BecomeAsync(services, person, cancellationToken);
            }

            var arguments = Locate(options.Read(parsed));
            await using var lines = await ImportMapfile.OpenAsync(new SafImportRequest(arguments), services, cancellationToken);
            var process = await services.GetRequiredService<ScriptService>().StartLocalAsync(SafImport.ScriptName, arguments, cancellationToken);
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

    // What the shell calls from its own folder gets a whole path: -s DIR, -z FILE, or -s DIR -z NAME as in DSpace.
    private static ScriptArguments Locate(ScriptArguments arguments)
    {
        var (source, zip, mapfile) = (arguments.Get("-s"), arguments.Get("-z"), arguments.Get("-m"));
        if (mapfile is not null)
        {
            arguments = arguments.Without("-m").With("-m", Path.GetFullPath(mapfile));
        }

        if (source is null && zip is null)
        {
            return arguments;
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(zip is null ? source! : source is null ? zip : Path.Combine(source, zip)));
        if (!File.Exists(path) && (zip is not null || !Directory.Exists(path)))
        {
            throw new NotFoundException($"There is no {(zip is null ? "directory" : "ZIP file")} {path}. Check -s{(zip is null ? "" : " and -z")}.");
        }

        return arguments.Without("-s").Without("-z").With(zip is null ? "-s" : "-z", path);
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
