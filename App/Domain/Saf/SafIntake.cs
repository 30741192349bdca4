using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>An item on its way from the package into the database.</summary>
/// <param name="Item">What the package says.</param>
/// <param name="Collections">The collections it will be in, the owning one first.</param>
/// <param name="Findings">What was found about it in the package and in the database.</param>
public sealed record SafIntakeItem(SafItem Item, IReadOnlyList<Guid> Collections, IReadOnlyList<Finding> Findings)
{
    /// <summary>The contents of its files, in their order, once they are staged.</summary>
    public IReadOnlyList<StagedContent> Contents { get; init; } = [];

    /// <summary>Those of its contents that go into the store; registered ones stay where they are.</summary>
    public IEnumerable<StagedContent> OwnContents => Contents.Where((_, i) => Item.Files[i].Registered is null);

    /// <summary>The stored item that is to be replaced, or that is the reason for <see cref="Skip"/>.</summary>
    public Guid? Stored { get; init; }

    /// <summary>Why it is left out on purpose; null when it is not.</summary>
    public string? Skip { get; init; }

    /// <summary>Why it cannot be imported; null when it can.</summary>
    public string? Failure { get; init; } = Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } first ? $"{first.Message} {first.Remedy}".TrimEnd() : null;

    /// <summary>Whether it can be stored, and is to be.</summary>
    public bool IsWanted => Failure is null && Skip is null;

    /// <summary>The journal line of an item that nothing is stored of: checked only, left out, or failed.</summary>
    public JournalEntry ToJournal() => new()
    {
        Name = Item.Name,
        Outcome = Failure is not null ? JournalOutcome.Failed : Skip is not null ? JournalOutcome.Skipped : JournalOutcome.Valid,
        Message = Failure ?? Skip,
        ItemId = Stored,
    };
}

/// <summary>Makes the intake of an import.</summary>
public sealed class SafIntakeFactory(
    IDbContextFactory<PortalDb> databases, MetadataRegistry registry, CollectionService collections, CuratorAccess access, RegisteredFiles registered, IBitstreamStore store,
    SafRelationshipCheck relationships)
{
    /// <summary>Looks up what all items are checked against.</summary>
    /// <param name="package">The package.</param>
    /// <param name="request">What to do with it.</param>
    /// <param name="mapfile">The lines that say which stored items are to be replaced.</param>
    /// <param name="workspace">Where contents are staged.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="PortalException">A collection of the request does not exist, or the caller may not put items into it.</exception>
    public async Task<SafIntake> CreateAsync(
        SafPackage package, SafImportRequest request, IReadOnlyList<MapfileLine> mapfile, string workspace, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var owners = await collections.ResolveAsync(request.Collections, cancellationToken);
        await access.RequireAsync(db, [.. owners.Select(owner => owner.Id)], cancellationToken);
        ISafIdentities targets = new SafTargets(databases, access, mapfile), duplicates = new SafDuplicateCheck(databases, request);
        var groups = await db.Groups.Select(group => group.Name).ToListAsync(cancellationToken);
        return new(
            package,
            await registry.GetFieldsAsync(cancellationToken),
            [.. owners.Select(owner => owner.Id).Distinct()],
            groups.ToHashSet(StringComparer.OrdinalIgnoreCase),
            new SafCollections(databases, collections, access),
            request.Mode == SafImportMode.Replace ? targets : duplicates,
            new SafReadOptions { RequiresCollections = request.Mode == SafImportMode.Add && owners.Count == 0, ExcludeBitstreams = request.ExcludeBitstreams },
            registered,
            store,
            request.Validate ? null : workspace,
            relationships,
            request);
    }
}

/// <summary>Reads items from the package, checks them against the database and stages their files.</summary>
public sealed class SafIntake(
    SafPackage package, MetadataFields fields, IReadOnlyList<Guid> owners, IReadOnlySet<string> groups, SafCollections collections,
    ISafIdentities identities, SafReadOptions options, RegisteredFiles registered, IBitstreamStore store, string? workspace,
    SafRelationshipCheck relationships, SafImportRequest request)
{
    private readonly SafContents _contents = new(package, registered, store, workspace);
    private IReadOnlySet<string> _except = new HashSet<string>();

    /// <summary>The package's items in order, except those that are done, in chunks of bounded number and size.</summary>
    public async IAsyncEnumerable<IReadOnlyList<SafItem>> ReadAsync(
        IReadOnlySet<string> except, int maxItems, long maxBytes, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        identities.Begin();
        _except = except;
        var (chunk, bytes) = (new List<SafItem>(), 0L);
        await foreach (var item in SafReader.ReadAllAsync(package, fields, options with { EarlierItems = except }, except, cancellationToken))
        {
            chunk.Add(item);
            bytes += item.Files.Sum(file => file.Length);
            if (chunk.Count >= maxItems || bytes >= maxBytes)
            {
                yield return chunk;
                (chunk, bytes) = ([], 0);
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }

    /// <summary>Adds what only the database can say: unknown collections and groups, handles in use, registered files that are missing.</summary>
    public async Task<IReadOnlyList<SafIntakeItem>> CheckAsync(IReadOnlyList<SafItem> items, CancellationToken cancellationToken)
    {
        var relationshipFindings = await CheckRelationshipsAsync(items, cancellationToken);
        var checkedItems = new List<SafIntakeItem>(items.Count);
        foreach (var item in items)
        {
            var findings = new List<Finding>(item.Findings);
            var places = owners.Count > 0 || !options.RequiresCollections ? owners : await collections.ResolveAsync(item, findings, cancellationToken);
            findings.AddRange(item.Standing.Permissions.SelectMany(permission => CheckGroup(item, permission, SafNames.DublinCore, null, "the item")));
            findings.AddRange(item.Files.SelectMany(file => CheckFile(item, file)));
            findings.AddRange(relationshipFindings[item.Name]);
            checkedItems.Add(new(item, places, findings));
        }

        return await identities.IdentifyAsync(checkedItems, cancellationToken);
    }

    /// <summary>Reads and hashes the files of the items that have no errors, on all cores; when only checking, nothing is put aside.</summary>
    public async Task<IReadOnlyList<SafIntakeItem>> StageAsync(IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        var staged = new SafIntakeItem[items.Count];
        await Parallel.ForAsync(0, items.Count, cancellationToken, async (i, token) => staged[i] = items[i].IsWanted ? await _contents.StageAsync(items[i], token) : items[i]);
        return staged;
    }

    /// <summary>Reads those files whose checksum the package gives, as staging them would, and stores nothing.</summary>
    public async Task<IReadOnlyList<SafIntakeItem>> VerifyAsync(IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        var verified = new SafIntakeItem[items.Count];
        await Parallel.ForAsync(0, items.Count, cancellationToken, async (i, token) => verified[i] = items[i].IsWanted ? await _contents.VerifyAsync(items[i], token) : items[i]);
        return verified;
    }

    private IEnumerable<Finding> CheckFile(SafItem item, SafFile file)
    {
        foreach (var finding in file.Permissions.SelectMany(permission => CheckGroup(item, permission, SafNames.Contents, file.Line, file.Name)))
        {
            yield return finding;
        }

        if (file.Registered is { } place && registered.WhyMissing(place.Store, place.Path) is { } why)
        {
            yield return Error(item, "contents", file.Line, "-f", why, "Correct the line, or add the store to the settings.");
        }
    }

    // An item is added whatever becomes of its relationships, so they are looked at beforehand only when nothing is written, or nothing unless all is well.
    private async Task<ILookup<string, Finding>> CheckRelationshipsAsync(IReadOnlyList<SafItem> items, CancellationToken cancellationToken) =>
        await relationships.CheckAsync(
            package, request is { Mode: SafImportMode.Add } and ({ Validate: true } or { Atomic: true }) ? items : [],
            name => (!request.Validate || request.Resume) && _except.Contains(name), cancellationToken);

    private IEnumerable<Finding> CheckGroup(SafItem item, SafPermission permission, string file, int? line, string thing)
    {
        if (!groups.Contains(permission.Group))
        {
            yield return Error(
                item, file, line, "permissions", $"There is no group \"{permission.Group}\", to which the permissions of {thing} refer.",
                Nearest.To(permission.Group, groups) is { } nearest ? $"Did you mean \"{nearest}\"? Otherwise make the group first." : "Make the group first, or name another.");
        }
    }

    private static Finding Error(SafItem item, string file, int? line, string? field, string message, string remedy) =>
        new() { Severity = Severity.Error, Item = item.Name, File = file, Line = line, Field = field, Message = message, Remedy = remedy };
}
