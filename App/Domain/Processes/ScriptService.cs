using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Processes;

/// <summary>Starts scripts, whoever asks: page, HTTP API or command line.</summary>
public sealed class ScriptService(IEnumerable<IScript> scripts, ProcessService processes, ProcessRecords records, Caller caller)
{
    /// <summary>The scripts that the caller may start, by name.</summary>
    public IReadOnlyList<IScript> List() => [.. scripts.Where(MayStart).OrderBy(script => script.Name, StringComparer.Ordinal)];

    /// <summary>Finds a script that the caller may start.</summary>
    /// <exception cref="NotFoundException">There is no such script.</exception>
    /// <exception cref="ForbiddenException">The caller's role does not do.</exception>
    public IScript Get(string name)
    {
        var script = scripts.FirstOrDefault(script => script.Name == name)
            ?? throw new NotFoundException($"There is no script {name}.{(Nearest.To(name, List().Select(known => known.Name)) is { } near ? $" Did you mean {near}?" : "")}");
        return MayStart(script)
            ? script
            : throw new ForbiddenException($"Only {(script.Least == Role.Administrator ? "an administrator" : "curators and administrators")} may start {name}. Ask an administrator.");
    }

    /// <summary>Starts a script for somebody at a page or behind the API.</summary>
    /// <param name="name">The script.</param>
    /// <param name="arguments">What it is to do.</param>
    /// <param name="files">Files for it.</param>
    /// <param name="cancellationToken">Stops before anything is started.</param>
    /// <exception cref="PortalException">It cannot be done; one sentence per reason.</exception>
    public Task<Process> StartAsync(string name, ScriptArguments arguments, IReadOnlyList<ProcessFile> files, CancellationToken cancellationToken) =>
        StartAsync(Get(name), arguments, files, isLocal: false, cancellationToken);

    /// <summary>Starts a script for somebody at the shell of this machine, who may name its files.</summary>
    /// <exception cref="PortalException">It cannot be done; one sentence per reason.</exception>
    public Task<Process> StartLocalAsync(string name, ScriptArguments arguments, CancellationToken cancellationToken) =>
        StartAsync(Get(name), arguments, [], isLocal: true, cancellationToken);

    /// <summary>Starts a script as DSpace does: a wrong order becomes a process too, which has failed and says why in its log.</summary>
    public async Task<Process> StartOrFailAsync(string name, ScriptArguments arguments, IReadOnlyList<ProcessFile> files, CancellationToken cancellationToken)
    {
        var script = Get(name);
        if (arguments.All.Any(argument => ScriptGrammar.Help.IsCalled(argument.Name)))
        {
            return await processes.StartEndedAsync(script.Name, arguments, script.TitleOf(arguments), files, ProcessState.Completed, null, [.. ScriptGrammar.Usage(script)], cancellationToken);
        }

        try
        {
            return await StartAsync(script, arguments, files, isLocal: false, cancellationToken);
        }
        catch (PortalException refusal) when (refusal is not ForbiddenException)
        {
            return await processes.StartEndedAsync(
                script.Name, arguments, script.TitleOf(arguments), files, ProcessState.Failed, refusal.Message, [.. refusal.Message.Split('\n'), .. ScriptGrammar.Usage(script)], cancellationToken);
        }
    }

    /// <summary>Does in a new process what another did, with the same files.</summary>
    /// <param name="processId">The other process.</param>
    /// <param name="change">What is to be different; null for nothing.</param>
    /// <param name="cancellationToken">Stops before anything is started.</param>
    /// <exception cref="ForbiddenException">It read files of the server, and the caller is no administrator.</exception>
    public async Task<Process> StartAgainAsync(long processId, Func<ScriptArguments, ScriptArguments>? change, CancellationToken cancellationToken)
    {
        var (process, _) = await processes.GetAsync(processId, cancellationToken);
        var arguments = ScriptArguments.Of(process);
        var files = await records.GetInputsAsync(processId, cancellationToken);

        // A directory of the server may hold something else by now: who asks for it must be one who may read any.
        return await StartAsync(Get(process.Script), change?.Invoke(arguments) ?? arguments, files, isLocal: caller.IsAdministrator, cancellationToken);
    }

    private async Task<Process> StartAsync(IScript script, ScriptArguments given, IReadOnlyList<ProcessFile> files, bool isLocal, CancellationToken cancellationToken)
    {
        var (arguments, faults) = ScriptGrammar.Check(script, given, isLocal);
        if (faults.Count > 0)
        {
            throw new PortalException(string.Join('\n', faults));
        }

        await script.CheckAsync(new(arguments, files, isLocal), cancellationToken);
        return await processes.StartAsync(script.Name, arguments, script.TitleOf(arguments), files, cancellationToken);
    }

    private bool MayStart(IScript script) => caller.Role >= script.Least;
}
