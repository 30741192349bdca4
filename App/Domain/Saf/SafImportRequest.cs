namespace AdminPortal.Domain.Saf;

/// <summary>What an import is asked to do.</summary>
public sealed record SafImportRequest
{
    /// <summary>Handles or ids of the collections for all items, the owning one first; empty when each item has a <c>collections</c> file.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>The package as a directory or ZIP on this machine; null when it is the process's input file.</summary>
    public string? Source { get; init; }

    /// <summary>What the package is called.</summary>
    public required string PackageName { get; init; }

    /// <summary>Whether to check only, and write nothing.</summary>
    public bool Validate { get; init; }

    /// <summary>Whether one bad item is to keep out all.</summary>
    public bool Atomic { get; init; }

    /// <summary>Whether items wait for review where their owning collection has reviewers.</summary>
    public bool Workflow { get; init; }

    /// <summary>Whether to tell the reviewers by mail, at the end.</summary>
    public bool Notify { get; init; }

    /// <summary>Whether items start with the values of their owning collection's template.</summary>
    public bool Template { get; init; }

    /// <summary>Whether to leave out the log's line for each item.</summary>
    public bool Quiet { get; init; }

    /// <summary>The mapfile at the command line, as an absolute path.</summary>
    public string? Mapfile { get; init; }

    /// <summary>Whether to leave out what <see cref="Mapfile"/> and the imports that wrote it list as done.</summary>
    public bool Resume { get; init; }
}
