using System.Globalization;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>What an import does with its package or mapfile.</summary>
public enum SafImportMode
{
    /// <summary>Adds the package's items.</summary>
    Add,

    /// <summary>Puts the package's metadata and files in the place of what stored items have.</summary>
    Replace,

    /// <summary>Deletes the items that a mapfile lists.</summary>
    Delete,

    /// <summary>Takes back what another import did.</summary>
    Undo,
}

/// <summary>What becomes of an item that is stored already.</summary>
public enum SafDuplicates
{
    /// <summary>It fails.</summary>
    Fail,

    /// <summary>It is left out.</summary>
    Skip,

    /// <summary>It is added once more, under a new handle.</summary>
    Add,
}

/// <summary>What an import is asked to do, read from its arguments; <see cref="SafImportScript"/> lists them.</summary>
public sealed record SafImportRequest(ScriptArguments Arguments)
{
    /// <summary>What to do.</summary>
    public SafImportMode Mode => Arguments.Has("-r") ? SafImportMode.Replace : Arguments.Has("-d") ? SafImportMode.Delete : Arguments.Has("--undo") ? SafImportMode.Undo : SafImportMode.Add;

    /// <summary>Whether there is a package; otherwise a mapfile or another process says what to do.</summary>
    public bool HasPackage => Mode is SafImportMode.Add or SafImportMode.Replace;

    /// <summary>Handles or ids of the collections for all items, the owning one first; empty when each item has a <c>collections</c> file.</summary>
    public IReadOnlyList<string> Collections => Arguments.GetAll("-c");

    /// <summary>The package as a directory or ZIP on this machine; null when it was sent, or is fetched.</summary>
    public string? Source => Arguments.Get("-s") ?? (Arguments.Get("-z") is ['/', ..] path ? path : null);

    /// <summary>Where the package is fetched from; null when it was sent or lies on this machine.</summary>
    public string? Url => Arguments.Get("-u");

    /// <summary>What the package is called.</summary>
    public string PackageName => Path.GetFileName(Source ?? Arguments.Get("-z")) is { Length: > 0 } name ? name : Uri.TryCreate(Url, UriKind.Absolute, out var url) ? SafDownload.NameOf(url) : "package.zip";

    /// <summary>Whether to check only, and write nothing.</summary>
    public bool Validate => Arguments.Has("-v");

    /// <summary>Whether one bad item is to keep out all.</summary>
    public bool Atomic => Arguments.Has("--atomic");

    /// <summary>Whether items wait for review where their owning collection has reviewers.</summary>
    public bool Workflow => Arguments.Has("-w");

    /// <summary>Whether to tell the reviewers by mail, at the end.</summary>
    public bool Notify => Arguments.Has("-n");

    /// <summary>Whether items start with the values of their owning collection's template.</summary>
    public bool Template => Arguments.Has("-p");

    /// <summary>Whether to leave out the log's line for each item.</summary>
    public bool Quiet => Arguments.Has("-q");

    /// <summary>Whether to leave the package's files out, neither reading nor expecting them.</summary>
    public bool ExcludeBitstreams => Arguments.Has("-x");

    /// <summary>The mapfile: a path on this machine, or the name of a file that was sent.</summary>
    public string? Mapfile => Arguments.Get("-m");

    /// <summary>The process whose journal serves as mapfile.</summary>
    public long? MapfileOf => Number("--mapfile-of");

    /// <summary>Whether to leave out what the mapfile and the imports that wrote it list as done.</summary>
    public bool Resume => Arguments.Has("-R");

    /// <summary>The process to undo.</summary>
    public long? Undo => Number("--undo");

    /// <summary>What becomes of items that are stored already.</summary>
    public SafDuplicates OnDuplicate => Enum.TryParse<SafDuplicates>(Arguments.Get("--on-duplicate"), ignoreCase: true, out var choice) ? choice : SafDuplicates.Fail;

    /// <summary>The metadata field by which an item is known to be stored already, besides its handle; null for the handle alone.</summary>
    public string? DuplicateBy => Arguments.Get("--duplicate-by");

    /// <summary>Items a second at most; null for no bound.</summary>
    public long? LimitRate => Number("--limit-rate");

    /// <summary>What an import was asked to do; null when the process is something else.</summary>
    public static SafImportRequest? Of(Process process) => process.Script == SafImport.ScriptName ? new(ScriptArguments.Of(process)) : null;

    private long? Number(string name) => Arguments.Get(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
