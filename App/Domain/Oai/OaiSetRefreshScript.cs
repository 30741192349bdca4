using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Oai;

/// <summary>What a refresh is asked to do.</summary>
public sealed record OaiSetRefreshRequest(ScriptArguments Arguments)
{
    /// <summary>The sets, as people call them; none for all.</summary>
    public IReadOnlyList<string> Sets => Arguments.GetAll("-s");

    /// <summary>Whether what harvesters were told is forgotten first.</summary>
    public bool Rebuilds => Arguments.Has("--rebuild");

    /// <summary>What a refresh was asked to do; null when the process is something else.</summary>
    public static OaiSetRefreshRequest? Of(Process process) => process.Script == OaiSetRefreshScript.ScriptName ? new(ScriptArguments.Of(process)) : null;
}

/// <summary>The script <c>oai-set-refresh</c> as it is offered.</summary>
public sealed class OaiSetRefreshScript(OaiSetService sets) : IScript
{
    /// <summary>What the script is called.</summary>
    public const string ScriptName = "oai-set-refresh";

    /// <inheritdoc/>
    public string Name => ScriptName;

    /// <inheritdoc/>
    public string Description => "Brings OAI sets up to their queries.";

    /// <inheritdoc/>
    public Role Least => Role.Administrator;

    /// <inheritdoc/>
    public IReadOnlyList<ScriptParameter> Parameters { get; } =
    [
        new("-s", "--set", ParameterType.Text, $"Refreshes this set only; {OaiSet.DefaultName} is the one of everything. All of them unless given.") { ValueName = "SPEC", Repeatable = true },
        new("--rebuild", "--rebuild", ParameterType.Flag, "Forgets first what harvesters were told of the sets, so that all their members are new and nothing was ever deleted."),
    ];

    /// <summary>The arguments that refresh one set.</summary>
    public static ScriptArguments ArgumentsFor(string spec) => ScriptArguments.None.With("-s", spec == OaiSet.DefaultSpec ? OaiSet.DefaultName : spec);

    /// <inheritdoc/>
    public string TitleOf(ScriptArguments arguments)
    {
        var request = new OaiSetRefreshRequest(arguments);
        return $"{(request.Rebuilds ? "Rebuild" : "Refresh")} of {(request.Sets.Count switch { 0 => "all OAI sets", 1 => $"the OAI set {request.Sets[0]}", var many => $"{many} OAI sets" })}";
    }

    /// <inheritdoc/>
    public async Task CheckAsync(ScriptOrder order, CancellationToken cancellationToken)
    {
        foreach (var spec in new OaiSetRefreshRequest(order.Arguments).Sets)
        {
            await sets.GetAsync(spec, cancellationToken);
        }
    }
}
