using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>The script <c>export</c> as it is offered: DSpace's flags, and some that its users asked for.</summary>
public sealed class SafExportScript(SafExportService exports, Caller caller) : IScript
{
    private const long LeastSplit = 1_000_000;

    /// <summary>The parameters, for those who need them before there are services.</summary>
    public static IReadOnlyList<ScriptParameter> Offered { get; } =
    [
        new("-t", "--type", ParameterType.Choice, "What to export.") { Choices = SafExportWords.Types, Required = true },
        new("-i", "--id", ParameterType.Text, "Which one, or the query; nothing for SITE.") { ValueName = "HANDLE|ID|QUERY" },
        new("-d", "--dest", ParameterType.File, "The folder to write to; it is made when missing.") { LocalOnly = true, ValueName = "DIR" },
        new("-n", "--number", ParameterType.Integer, "The number of the first item's folder; 1 unless given.") { ValueName = "N" },
        new("-z", "--zip", ParameterType.Text, "What the ZIP is called; with -d, writes a ZIP instead of folders.") { ValueName = "NAME" },
        new("-m", "--migrate", ParameterType.Flag, "Leaves out the handle and what the importing repository makes anew."),
        new("-x", "--exclude-bitstreams", ParameterType.Flag, "Leaves out the files."),
        new("--split", "--split", ParameterType.Text, "Writes several ZIPs, none longer than this, e.g. 500M or 2G.") { ValueName = "SIZE" },
        new("--checksums", "--checksums", ParameterType.Flag, "Adds manifest-sha256.txt with the checksums of all files."),
    ];

    /// <inheritdoc/>
    public string Name => SafExport.ScriptName;

    /// <inheritdoc/>
    public string Description => "Exports items as a package in the Simple Archive Format.";

    /// <inheritdoc/>
    public Role Least => Role.Curator;

    /// <inheritdoc/>
    public IReadOnlyList<ScriptParameter> Parameters => Offered;

    /// <inheritdoc/>
    public string TitleOf(ScriptArguments arguments) => (arguments.Get("-t")?.ToUpperInvariant(), arguments.Get("-i")) switch
    {
        ("SITE", _) => "Export of everything",
        ("QUERY", { } query) => $"Export of what \"{query}\" finds",
        ({ } type, { } id) => $"Export of {type.ToLowerInvariant()} {id}",
        _ => "Export",
    };

    /// <inheritdoc/>
    public async Task CheckAsync(ScriptOrder order, CancellationToken cancellationToken)
    {
        var request = new SafExportRequest(order.Arguments);
        if (request.Folder is not null)
        {
            caller.RequireAdministrator("export into a folder of the server");
        }

        var faults = Faults(request).ToList();
        if (faults.Count > 0)
        {
            throw new PortalException(string.Join('\n', faults));
        }

        SafExportPlan.Require(await exports.EstimateAsync(request, cancellationToken), exports.MaxBytes);
    }

    private static IEnumerable<string> Faults(SafExportRequest request)
    {
        if (request.Type != SafExportType.Site && string.IsNullOrWhiteSpace(request.Id))
        {
            yield return $"-i: say which {request.Type.ToString().ToLowerInvariant()} to export.";
        }

        if (request.Number < 1)
        {
            yield return $"-n: the first folder cannot have the number {request.Number}. Give 1 or more.";
        }

        if (request.Zip is { } zip && (zip.Length == 0 || zip != Path.GetFileName(zip) || zip is "." or ".."))
        {
            yield return $"-z: \"{zip}\" is not the name of a file. Name the ZIP without a folder; -d names the folder.";
        }

        if (request.Arguments.Has("--split"))
        {
            if (SafExportWords.TryParseSize(request.Arguments.Get("--split")!) is not { } split)
            {
                yield return $"--split: \"{request.Arguments.Get("--split")}\" is not a size. Write a number of bytes, or one with a unit, such as 500M or 2G.";
            }
            else if (split < LeastSplit)
            {
                yield return $"--split: ZIPs of {split} bytes are too short to be useful. Give 1M or more, or leave the size out.";
            }

            if (request is { Folder: not null, Zip: null })
            {
                yield return "--split: only ZIPs can be split. Name one with -z, or leave the size out.";
            }
        }
    }
}
