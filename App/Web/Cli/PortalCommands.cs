using System.CommandLine;
using System.CommandLine.Help;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Search;
using AdminPortal.Web.Hosting;

namespace AdminPortal.Web.Cli;

/// <summary>The command line. Without a word the program serves; with one it does what the word says and ends.</summary>
internal static class PortalCommands
{
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder, DataDirectory, Node> configure, Action<WebApplication> pipeline)
    {
        // Not a RootCommand: that one is called like the assembly, and its help says so.
        var root = new Command("portal", "AdminPortal: the admin portal of a digital repository. Without a command it serves.") { new HelpOption(), new VersionOption() };
        var host = new CommandHost(configure);
        root.Options.Add(host.Data);
        root.SetAction((parsed, cancellationToken) => ServeAsync(parsed.GetValue(host.Data), configure, pipeline, cancellationToken));
        root.Add(CollectionCommands.Create(host));
        root.Add(ItemCommands.Create(host));
        root.Add(ProcessCommands.Create(host));
        root.Add(ImportCommand.Create(host));
        root.Add(CleanerCommand.Create(host));
        root.Add(ReviewCommands.Create(host));
        root.Add(ExportCommand.Create(host));
        root.Add(SearchCommand.Create(host));
        root.Add(SavedSearchCommands.Create(host));
        root.Add(IndexCommands.Create(host));
        root.Add(SetCommands.Create(host));
        root.Add(OaiCommands.Create(host));
        root.Add(EntityTypeCommands.Create(host));
        root.Add(RelationshipTypeCommands.Create(host));
        foreach (var command in EPeopleCommands.Create(host))
        {
            root.Add(command);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync($"`{string.Join(' ', parsed.CommandResult.Command.Path())} --help` shows what can be given.");
            return 1;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
        }
        catch (PortalException refusal)
        {
            await Console.Error.WriteLineAsync(refusal is QuerySyntaxException { Placed: var placed } ? placed : refusal.Message);
            return 1;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && parsed.CommandResult.Command != root)
        {
            await Console.Error.WriteLineAsync($"The command failed: {fault.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
    }

    private static async Task<int> ServeAsync(
        string? data, Action<WebApplicationBuilder, DataDirectory, Node> configure, Action<WebApplication> pipeline, CancellationToken cancellationToken)
    {
        var given = Environment.GetEnvironmentVariable("PORTAL_PORT");
        if (!ushort.TryParse(given is null or "" ? "8080" : given, out var port))
        {
            throw new PortalException($"PORTAL_PORT is \"{given}\", which is no port. Give a number from 1 to 65535.");
        }

        await using var host = await PortalHost.StartAsync(data, port, configure, cancellationToken);
        pipeline(host.App);
        await host.ServeAsync(port);
        return 0;
    }

    private static IEnumerable<string> Path(this Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? [.. parent.Path(), command.Name] : [command.Name];
}
