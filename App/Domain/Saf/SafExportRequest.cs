using System.Globalization;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>What kind of thing names the items of an export.</summary>
public enum SafExportType
{
    /// <summary>One item, whatever its state.</summary>
    Item,

    /// <summary>The archived items of a collection, mapped ones as well.</summary>
    Collection,

    /// <summary>The archived items of all collections below a community.</summary>
    Community,

    /// <summary>The archived items that a query finds.</summary>
    Query,

    /// <summary>All archived items.</summary>
    Site,
}

/// <summary>What an export is asked to do, read from its arguments; <see cref="SafExportScript"/> lists them.</summary>
public sealed record SafExportRequest(ScriptArguments Arguments)
{
    /// <summary>What <see cref="Id"/> names.</summary>
    public SafExportType Type => SafExportWords.ParseType(Arguments.Get("-t") ?? "");

    /// <summary>Handle or id, or the query; null for the whole site.</summary>
    public string? Id => Arguments.Get("-i");

    /// <summary>The number of the first item's folder, at least 1.</summary>
    public int Number => Arguments.Get("-n") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 1;

    /// <summary>Whether to leave out the handle and what the importing repository makes anew.</summary>
    public bool Migrate => Arguments.Has("-m");

    /// <summary>Whether to leave out the files, though <c>contents</c> lists them.</summary>
    public bool ExcludeBitstreams => Arguments.Has("-x");

    /// <summary>The most bytes that a ZIP may have, at least 1 MB; null for one ZIP of any length.</summary>
    public long? Split => Arguments.Get("--split") is { } size ? SafExportWords.TryParseSize(size) : null;

    /// <summary>Whether to write <c>manifest-sha256.txt</c> with the checksums of all files.</summary>
    public bool Checksums => Arguments.Has("--checksums");

    /// <summary>A folder of this machine to write to, as an absolute path; null when the process keeps the ZIP.</summary>
    public string? Folder => Arguments.Get("-d");

    /// <summary>The name of the ZIP; null to write folders into <see cref="Folder"/>, or for <c>saf-export.zip</c> when there is none.</summary>
    public string? Zip => Arguments.Get("-z");

    /// <summary>What an export was asked to do; null when the process is something else.</summary>
    public static SafExportRequest? Of(Process process) => process.Script == SafExport.ScriptName ? new(ScriptArguments.Of(process)) : null;
}
