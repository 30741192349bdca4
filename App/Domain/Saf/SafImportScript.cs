using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>The script <c>import</c> as it is offered: DSpace's flags, and some that its users asked for.</summary>
public sealed class SafImportScript(
    ProcessService processes, CollectionService collections, CuratorAccess access, MetadataRegistry registry, IDbContextFactory<PortalDb> databases) : IScript
{
    private static readonly string[] _modes = ["-a", "-r", "-d", "--undo"];
    private static readonly string[] _withPackage = ["-a", "-r"];

    /// <summary>The parameters, for those who need them before there are services.</summary>
    public static IReadOnlyList<ScriptParameter> Offered { get; } =
    [
        Mode("-a", "--add", "Adds the package's items."),
        Mode("-r", "--replace", "Replaces the metadata and files of the items that the mapfile or the package's handle files name; they keep their ids and handles."),
        Mode("-d", "--delete", "Deletes the items that the mapfile lists."),
        new("--undo", "--undo", ParameterType.Integer, "Takes back what the import with this process number did.") { Excludes = Others("--undo"), ValueName = "PROCESS" },
        new("-s", "--source", ParameterType.File, "The directory of item directories, or that holds the ZIP.") { LocalOnly = true, ValueName = "DIR", Excludes = ["-u"], Needs = _withPackage },
        new("-z", "--zip", ParameterType.File, "The package as a ZIP.") { Excludes = ["-u"], Needs = _withPackage },
        new("-u", "--url", ParameterType.Text, "Where to fetch the package from, by http or https.") { ValueName = "URL", Excludes = ["-s", "-z"], Needs = _withPackage },
        new("-c", "--collection", ParameterType.Collection, "A collection for all items; the first owns them, more may follow. Without it each item has a file \"collections\".")
        {
            Repeatable = true, ValueName = "HANDLE|ID", Needs = _withPackage,
        },
        new("-m", "--mapfile", ParameterType.File, "Which directory is which item: written by -a, read by -r, -d and -R.") { Excludes = ["--mapfile-of", "--undo"] },
        new("--mapfile-of", "--mapfile-of", ParameterType.Integer, "An earlier import whose journal serves as mapfile.") { ValueName = "PROCESS", Excludes = ["-m", "--undo"], Needs = ["-r", "-d", "-R"] },
        new("-w", "--workflow", ParameterType.Flag, "Sends the items to review, where their owning collection has reviewers.") { Needs = ["-a"] },
        new("-n", "--notify", ParameterType.Flag, "Tells the reviewers by mail when the import ends.") { Needs = ["-w"] },
        new("-p", "--template", ParameterType.Flag, "Starts each item with the values of its owning collection's template.") { Needs = ["-a"] },
        new("-v", "--validate", ParameterType.Flag, "Checks and lists what would be done; writes nothing."),
        new("-x", "--exclude-bitstreams", ParameterType.Flag, "Leaves the files out, neither reading nor expecting them.") { Needs = _withPackage },
        new("-R", "--resume", ParameterType.Flag, "Goes on with an import that was interrupted, by its mapfile.") { Needs = ["-a"] },
        new("--atomic", "--atomic", ParameterType.Flag, "All items or none: one with errors keeps out all.") { Needs = _withPackage },
        new("--on-duplicate", "--on-duplicate", ParameterType.Choice, "What becomes of items that are stored already, by their handle or --duplicate-by; fail unless given.")
        {
            Choices = ["skip", "add", "fail"], Needs = ["-a"],
        },
        new("--duplicate-by", "--duplicate-by", ParameterType.Text, "A metadata field, e.g. dc.identifier.doi: an item with the same value is stored already.") { ValueName = "FIELD", Needs = ["-a"] },
        new("--limit-rate", "--limit-rate", ParameterType.Integer, "Items a second at most, to leave room for others.") { ValueName = "N" },
        new("-q", "--quiet", ParameterType.Flag, "Leaves out the log's line for each item."),
    ];

    /// <inheritdoc/>
    public string Name => SafImport.ScriptName;

    /// <inheritdoc/>
    public string Description => "Adds, replaces or deletes items by packages in the Simple Archive Format and their mapfiles.";

    /// <inheritdoc/>
    public Role Least => Role.Curator;

    /// <inheritdoc/>
    public IReadOnlyList<ScriptParameter> Parameters => Offered;

    /// <inheritdoc/>
    public string TitleOf(ScriptArguments arguments)
    {
        var request = new SafImportRequest(arguments);
        var map = request.MapfileOf is { } process ? $"process {process}" : Path.GetFileName(request.Mapfile) ?? "a mapfile";
        return (request.Mode, request.Validate) switch
        {
            (SafImportMode.Replace, false) => $"Replacement by {request.PackageName}",
            (SafImportMode.Replace, true) => $"Preview of the replacement by {request.PackageName}",
            (SafImportMode.Delete, false) => $"Deletion by {map}",
            (SafImportMode.Delete, true) => $"Preview of the deletion by {map}",
            (SafImportMode.Undo, false) => $"Undo of process {arguments.Get("--undo")}",
            (SafImportMode.Undo, true) => $"Preview of the undo of process {arguments.Get("--undo")}",
            (_, true) => $"Validation of {request.PackageName}",
            _ => $"Import of {request.PackageName}",
        };
    }

    /// <inheritdoc/>
    public async Task CheckAsync(ScriptOrder order, CancellationToken cancellationToken)
    {
        var request = new SafImportRequest(order.Arguments);
        var faults = new List<string>();
        if (!_modes.Any(order.Arguments.Has))
        {
            faults.Add("Say what to do: -a adds items, -r replaces them, -d deletes them, --undo takes an import back.");
        }
        else if (request.HasPackage && request.Source is null && request.Url is null && order.Arguments.Get("-z") is null)
        {
            faults.Add(order.IsLocal ? "Say where the package is: -s a directory, -z a ZIP, -u an address." : "Send the package as -z, or give its address as -u.");
        }

        if (request is { Mode: SafImportMode.Delete, Mapfile: null, MapfileOf: null } or { Resume: true, Mapfile: null, MapfileOf: null })
        {
            faults.Add($"{(request.Resume ? "-R goes on" : "-d deletes")} by a mapfile. Give it as -m, or name the import that wrote it as --mapfile-of.");
        }

        try
        {
            _ = request.Url is { } url ? SafDownload.Validate(url) : null;
        }
        catch (PortalException refusal)
        {
            faults.Add($"-u: {refusal.Message}");
        }

        if (request.LimitRate < 1)
        {
            faults.Add("--limit-rate takes a number of items from 1.");
        }

        if (request.DuplicateBy is { } field && !(await registry.GetFieldsAsync(cancellationToken)).Contains(field))
        {
            faults.Add($"--duplicate-by: the field {field} is not registered.");
        }

        CheckFile(order, "-z", faults);
        if (request.Mode != SafImportMode.Add)
        {
            CheckFile(order, "-m", faults);
        }

        if (faults.Count > 0)
        {
            throw new PortalException(string.Join('\n', faults));
        }

        await CheckTargetsAsync(request, cancellationToken);
    }

    // Processes are as visible here as on their pages, so that nobody undoes what they may not see.
    private async Task CheckTargetsAsync(SafImportRequest request, CancellationToken cancellationToken)
    {
        if ((request.Undo ?? request.MapfileOf) is { } number)
        {
            var (process, _) = await processes.GetAsync(number, cancellationToken);
            var earlier = SafImportRequest.Of(process) ?? throw new ConflictException($"Process {number} was no import.");
            if (request.Undo is not null && (earlier.Validate || earlier.Mode is SafImportMode.Delete or SafImportMode.Undo))
            {
                throw new ConflictException($"Process {number} ({process.Title}) has nothing that could be undone.");
            }

            if (request.Undo is not null && !process.HasEnded)
            {
                throw new ConflictException($"Process {number} is still at work. Cancel it first, or wait for its end.");
            }
        }

        var targets = await collections.ResolveAsync(request.Collections, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await access.RequireAsync(db, [.. targets.Select(target => target.Id)], cancellationToken);
    }

    private static void CheckFile(ScriptOrder order, string name, List<string> faults)
    {
        if (order.Arguments.Get(name) is not { } file)
        {
            return;
        }

        if (file.StartsWith('/') && !order.IsLocal)
        {
            faults.Add($"{name} names a file of the server. Send the file, and give its name.");
        }
        else if (file.StartsWith('/') && !File.Exists(file))
        {
            faults.Add($"{name}: there is no file {file}. Correct the path.");
        }
        else if (!file.StartsWith('/') && !order.Files.Any(sent => sent.Name == file))
        {
            faults.Add($"{name} names {file}, which was not sent. Send the file, or correct the name.");
        }
    }

    private static ScriptParameter Mode(string name, string longName, string description) => new(name, longName, ParameterType.Flag, description) { Excludes = Others(name) };

    private static string[] Others(string mode) => [.. _modes.Where(other => other != mode)];
}
