namespace AdminPortal.Domain.Processes;

/// <summary>Does the work of one script. A run may be broken off at any moment and repeated, so it goes on from the journal.</summary>
public interface IProcessHandler
{
    /// <summary>The script's name, e.g. <c>import</c>.</summary>
    string Script { get; }

    /// <summary>Does what is not in the journal yet.</summary>
    /// <exception cref="Common.PortalException">Refuses what was asked; the process fails with this message.</exception>
    Task RunAsync(ProcessRun run, CancellationToken cancellationToken);
}

/// <summary>Hands processes to the nodes.</summary>
public interface IProcessQueue
{
    /// <summary>Lets some node run a process soon. Asking twice for the same attempt is harmless.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="attempt">How many runs it has had.</param>
    /// <param name="cancellationToken">Stops before anything is handed over.</param>
    Task EnqueueAsync(long processId, int attempt, CancellationToken cancellationToken);
}

/// <summary>What this program is to the others that share its database.</summary>
/// <param name="Name">A name of its own, e.g. <c>archive1:8080</c>.</param>
/// <param name="IsCommand">Whether it is a command, which runs its own processes only, rather than a node.</param>
public sealed record Node(string Name, bool IsCommand);
