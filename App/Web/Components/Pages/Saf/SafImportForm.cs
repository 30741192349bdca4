using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Web.Components.Pages.Saf;

/// <summary>What is chosen on the import page. Choices that make no sense in the chosen mode are kept and not used.</summary>
public sealed class SafImportForm
{
    /// <summary>What is done with the package or mapfile; an undo begins at its process instead.</summary>
    public SafImportMode Mode { get; set; }

    /// <summary>Whether to say first what would be done.</summary>
    public bool Preview { get; set; } = true;

    /// <summary>Whether one bad item keeps out all.</summary>
    public bool Atomic { get; set; }

    /// <summary>Whether files are left out.</summary>
    public bool ExcludeBitstreams { get; set; }

    /// <summary>Whether items wait for review.</summary>
    public bool Workflow { get; set; }

    /// <summary>Whether reviewers are told.</summary>
    public bool Notify { get; set; }

    /// <summary>Whether items start from the template.</summary>
    public bool Template { get; set; }

    /// <summary>Whether the log leaves out what went well.</summary>
    public bool Quiet { get; set; }

    /// <summary>What becomes of items that are stored already: skip, add or fail; null for fail.</summary>
    public string? OnDuplicate { get; set; }

    /// <summary>The field by which an item is known to be stored, besides its handle.</summary>
    public string? DuplicateBy { get; set; }

    /// <summary>Where the mapfile comes from.</summary>
    public SafMapfileSource Mapfile { get; set; } = SafMapfileSource.None;

    /// <summary>Whether a package is needed.</summary>
    public bool HasPackage => Mode != SafImportMode.Delete;

    /// <summary>What the button says.</summary>
    public string StartText => (Mode, Preview) switch
    {
        (SafImportMode.Replace, true) => "Show differences",
        (SafImportMode.Replace, false) => "Replace",
        (SafImportMode.Delete, true) => "List items",
        (SafImportMode.Delete, false) => "Delete",
        (_, true) => "Validate",
        _ => "Import",
    };

    /// <summary>The arguments of the script.</summary>
    /// <param name="package">The name of the package that was sent; null when it is fetched, or not needed.</param>
    /// <param name="url">Where it is fetched from; null when it was sent.</param>
    /// <param name="collections">Handles of the collections.</param>
    public ScriptArguments ToArguments(string? package, string? url, IEnumerable<string> collections)
    {
        var isAdded = Mode == SafImportMode.Add;
        return ScriptArguments.None
            .With(Mode switch { SafImportMode.Replace => "-r", SafImportMode.Delete => "-d", _ => "-a" }, true)
            .With("-z", package).With("-u", url)
            .With("-c", isAdded ? collections : null)
            .With("-R", isAdded && Mapfile != SafMapfileSource.None).With("-m", Mapfile.File?.Name).With("--mapfile-of", Mapfile.Process)
            .With("-v", Preview)
            .With("-x", HasPackage && ExcludeBitstreams).With("--atomic", HasPackage && Atomic)
            .With("-w", isAdded && Workflow).With("-n", isAdded && Workflow && Notify).With("-p", isAdded && Template)
            .With("--on-duplicate", isAdded ? OnDuplicate : null).With("--duplicate-by", isAdded && !string.IsNullOrWhiteSpace(DuplicateBy) ? DuplicateBy.Trim() : null)
            .With("-q", Quiet);
    }
}

/// <summary>Where a mapfile comes from: an earlier import's journal, a file that was sent, or nowhere.</summary>
/// <param name="Process">The earlier import.</param>
/// <param name="File">The file.</param>
public sealed record SafMapfileSource(long? Process, Shared.UploadedFile? File)
{
    /// <summary>There is no mapfile.</summary>
    public static SafMapfileSource None { get; } = new(null, null);
}
