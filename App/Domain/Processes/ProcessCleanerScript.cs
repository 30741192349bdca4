using System.ComponentModel.DataAnnotations;
using System.Globalization;
using AdminPortal.Domain.Common;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Processes;

/// <summary>When old processes are cleaned away; section <c>ProcessCleaner</c> of the settings.</summary>
public sealed class ProcessCleanerOptions
{
    /// <summary>The age in days from which a process is old, unless the order says another; at least 1.</summary>
    [Range(1, 36500)]
    public int Days { get; init; } = 14;

    /// <summary>When <see cref="Rules"/> are carried out, as a cron expression with seconds in UTC, e.g. <c>0 30 3 * * ?</c>; never when empty.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>What is carried out then: the arguments of one run of the script each, e.g. <c>-c --days 30 --keep-logs</c>.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];
}

/// <summary>What a cleaning is asked to do.</summary>
public sealed record ProcessCleanerRequest(ScriptArguments Arguments)
{
    /// <summary>The states that are cleaned, in the order completed, failed, running, cancelled; completed ones unless others are named.</summary>
    public IReadOnlyList<string> States => new[] { ("-c", "completed"), ("-f", "failed"), ("-r", "running"), ("--cancelled", "cancelled") }
        .Where(state => Arguments.Has(state.Item1)).Select(state => state.Item2).ToList() is { Count: > 0 } named ? named : ["completed"];

    /// <summary>The age in days; null for that of the settings.</summary>
    public int? Days => Arguments.Get("--days") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Only runs of this script; null for all.</summary>
    public string? Script => Arguments.Get("--script");

    /// <summary>Only those of this person, by e-mail address or id, or <c>operator</c>; null for all.</summary>
    public string? User => Arguments.Get("--user");

    /// <summary>Whether log, journal and mapfile stay, and only packages, exports and what an undo needs go.</summary>
    public bool KeepLogs => Arguments.Has("--keep-logs");

    /// <summary>Whether to list only.</summary>
    public bool DryRun => Arguments.Has("--dry-run");

    /// <summary>What a cleaning was asked to do; null when the process is something else.</summary>
    public static ProcessCleanerRequest? Of(Process process) => process.Script == ProcessCleanerScript.ScriptName ? new(ScriptArguments.Of(process)) : null;
}

/// <summary>The script <c>process-cleaner</c> as it is offered.</summary>
public sealed class ProcessCleanerScript(IOptions<ProcessCleanerOptions> options) : IScript
{
    /// <summary>What the script is called.</summary>
    public const string ScriptName = "process-cleaner";

    /// <summary>The parameters, for those who need them before there are services.</summary>
    public static IReadOnlyList<ScriptParameter> Offered { get; } =
    [
        new("-c", "--completed", ParameterType.Flag, "Cleans completed processes; done unless another state is named."),
        new("-f", "--failed", ParameterType.Flag, "Cleans processes that failed or whose command was killed."),
        new("-r", "--running", ParameterType.Flag, "Cleans processes that are called running although their node is dead."),
        new("--cancelled", "--cancelled", ParameterType.Flag, "Cleans cancelled processes."),
        new("--days", "--days", ParameterType.Integer, "Cleans those created more than so many days ago; as many as the settings say, unless given.") { ValueName = "N" },
        new("--script", "--script", ParameterType.Text, "Cleans runs of this script only.") { ValueName = "NAME" },
        new("--user", "--user", ParameterType.Text, "Cleans those of this person only: an e-mail address, an id, or operator.") { ValueName = "EMAIL|ID" },
        new("--keep-logs", "--keep-logs", ParameterType.Flag, "Keeps log, journal and mapfile; drops packages, exports and what an undo would need."),
        new("--dry-run", "--dry-run", ParameterType.Flag, "Lists what would go; removes nothing."),
    ];

    /// <inheritdoc/>
    public string Name => ScriptName;

    /// <inheritdoc/>
    public string Description => "Removes old processes with everything that is left of them.";

    /// <inheritdoc/>
    public Role Least => Role.Administrator;

    /// <inheritdoc/>
    public IReadOnlyList<ScriptParameter> Parameters => Offered;

    /// <inheritdoc/>
    public string TitleOf(ScriptArguments arguments)
    {
        var request = new ProcessCleanerRequest(arguments);
        return $"{(request.DryRun ? "Preview of the cleaning" : "Cleaning")} of {string.Join(", ", request.States)} processes";
    }

    /// <inheritdoc/>
    public Task CheckAsync(ScriptOrder order, CancellationToken cancellationToken) =>
        order.Arguments.Get("--days") is { } text && (!int.TryParse(text, CultureInfo.InvariantCulture, out var days) || days is < 0 or > 36500)
            ? throw new PortalException($"--days takes a number from 0 to 36500, not {text}. Leave it out for the {options.Value.Days} days of the settings.")
            : Task.CompletedTask;
}
