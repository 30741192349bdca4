using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdminPortal.Domain.Processes;
using AdminPortal.Web.Hosting;

namespace AdminPortal.Web.Cli;

/// <summary>Gives commands their services, acting for the operator, and their way to print.</summary>
internal sealed class CommandHost(Action<WebApplicationBuilder, DataDirectory, Node> configure)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The option that every command has.</summary>
    public Option<string?> Data { get; } = new("--data") { Description = "The data directory; PORTAL_DATA or ./data unless given.", HelpName = "DIR", Recursive = true };

    /// <summary>Makes the option with which a command prints JSON.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Print JSON." };

    /// <summary>Runs an action with services, when the command is called.</summary>
    public void Handle(Command command, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await PortalHost.StartAsync(parsed.GetValue(Data), null, configure, cancellationToken);
            await using var scope = host.OperatorScope();
            return await action(parsed, scope.ServiceProvider, cancellationToken);
        });

    /// <summary>Prints a value, or a list as it is read, as one line of JSON.</summary>
    public static async Task<int> PrintJsonAsync<T>(T value, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        await JsonSerializer.SerializeAsync(output, value, _json, cancellationToken);
        output.WriteByte((byte)'\n');
        return 0;
    }
}
