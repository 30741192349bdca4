using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>Runs the script <c>import</c>: adds or replaces by a package, deletes by a mapfile, or undoes another import.</summary>
public sealed class SafImport(SafPackageImport packages, SafDeletion deletion, SafUndo undo) : IProcessHandler
{
    /// <summary>What the script is called.</summary>
    public const string ScriptName = "import";

    /// <inheritdoc/>
    public string Script => ScriptName;

    /// <inheritdoc/>
    public Task RunAsync(ProcessRun run, CancellationToken cancellationToken)
    {
        var request = new SafImportRequest(run.Arguments);
        return request.Mode switch
        {
            SafImportMode.Delete => deletion.RunAsync(run, request, cancellationToken),
            SafImportMode.Undo => undo.RunAsync(run, request, cancellationToken),
            _ => packages.RunAsync(run, request, cancellationToken),
        };
    }
}
