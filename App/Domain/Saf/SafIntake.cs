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

    /// <summary>Why it cannot be imported; null when it can.</summary>
    public string? Failure { get; init; } = Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } first ? $"{first.Message} {first.Remedy}".TrimEnd() : null;

    /// <summary>The journal line of an item that nothing is stored of: checked only, or failed.</summary>
    public JournalEntry ToJournal() => new() { Name = Item.Name, Outcome = Failure is null ? JournalOutcome.Valid : JournalOutcome.Failed, Message = Failure };
}

/// <summary>Makes the intake of an import.</summary>
public sealed class SafIntakeFactory(
    IDbContextFactory<PortalDb> databases, MetadataRegistry registry, CollectionService collections, CuratorAccess access, RegisteredFiles registered, IBitstreamStore store,
    SafRelationshipCheck relationships)
{
    /// <summary>Looks up what all items are checked against.</summary>
    /// <exception cref="PortalException">A collection of the request does not exist, or the caller may not put items into it.</exception>
    public async Task<SafIntake> CreateAsync(SafPackage package, SafImportRequest request, string workspace, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var targets = await collections.ResolveAsync(request.Collections, cancellationToken);
        await access.RequireAsync(db, [.. targets.Select(target => target.Id)], cancellationToken);
        var groups = await db.Groups.Select(group => group.Name).ToListAsync(cancellationToken);
        return new(
            package,
            await registry.GetFieldsAsync(cancellationToken),
            [.. targets.Select(target => target.Id).Distinct()],
            groups.ToHashSet(StringComparer.OrdinalIgnoreCase),
            new SafCollections(databases, collections, access),
            databases,
            registered,
            store,
            workspace,
            relationships,
            request);
    }
}

/// <summary>Reads items from the package, checks them against the database and stages their files.</summary>
public sealed class SafIntake(
    SafPackage package, MetadataFields fields, IReadOnlyList<Guid> targets, IReadOnlySet<string> groups, SafCollections collections,
    IDbContextFactory<PortalDb> databases, RegisteredFiles registered, IBitstreamStore store, string workspace,
    SafRelationshipCheck relationships, SafImportRequest request)
{
    // The handles that items of this pass through the package have asked for.
    private readonly HashSet<string> _asked = [];
    private IReadOnlySet<string> _except = new HashSet<string>();

    /// <summary>The package's items in order, except those that are done, in chunks of bounded number and size.</summary>
    public async IAsyncEnumerable<IReadOnlyList<SafItem>> ReadAsync(
        IReadOnlySet<string> except, int maxItems, long maxBytes, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _asked.Clear();
        _except = except;
        var (chunk, bytes) = (new List<SafItem>(), 0L);
        await foreach (var item in SafReader.ReadAllAsync(package, fields, new SafReadOptions { RequiresCollections = targets.Count == 0, EarlierItems = except }, except, cancellationToken))
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
        var taken = await FindTakenHandlesAsync(items, cancellationToken);
        var relationshipFindings = await CheckRelationshipsAsync(items, cancellationToken);
        var checkedItems = new List<SafIntakeItem>(items.Count);
        foreach (var item in items)
        {
            var findings = new List<Finding>(item.Findings);
            var owners = targets.Count > 0 ? targets : await collections.ResolveAsync(item, findings, cancellationToken);
            if (item.Handle is { } handle && (taken.TryGetValue(handle, out var what) || !_asked.Add(handle)))
            {
                findings.Add(Error(item, "handle", 1, null, $"The handle {handle} belongs to {what ?? "another item of this package"} already.", "Remove the file to get a new handle, or leave the item out."));
            }

            findings.AddRange(item.Files.SelectMany(file => CheckFile(item, file)));
            findings.AddRange(relationshipFindings[item.Name]);
            checkedItems.Add(new(item, owners, findings));
        }

        return checkedItems;
    }

    /// <summary>Reads and hashes the files of the items that have no errors, on all cores.</summary>
    public async Task<IReadOnlyList<SafIntakeItem>> StageAsync(IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        var staged = new SafIntakeItem[items.Count];
        await Parallel.ForAsync(0, items.Count, cancellationToken, async (i, token) => staged[i] = items[i].Failure is null ? await StageAsync(items[i], token) : items[i]);
        return staged;
    }

    private async Task<SafIntakeItem> StageAsync(SafIntakeItem item, CancellationToken cancellationToken)
    {
        if (item.Item.Files.Count == 0)
        {
            return item;
        }

        var directory = package.Find(item.Item.Name)!;
        var contents = new List<StagedContent>(item.Item.Files.Count);
        foreach (var file in item.Item.Files)
        {
            await using var content = file is { Registered: { } place } ? registered.OpenRead(place.Store, place.Path) : package.OpenFile(directory, file.Entry!.Value);
            var stagedContent = file.Registered is null ? await store.StageAsync(content, workspace, cancellationToken) : new StagedContent(await ContentHash.OfAsync(content, cancellationToken), null);
            contents.Add(stagedContent);
        }

        return item with { Contents = contents };
    }

    private IEnumerable<Finding> CheckFile(SafItem item, SafFile file)
    {
        foreach (var permission in file.Permissions.Where(permission => !groups.Contains(permission.Group)))
        {
            yield return Error(
                item, "contents", file.Line, "permissions", $"There is no group \"{permission.Group}\", to which the permissions of {file.Name} refer.",
                Nearest.To(permission.Group, groups) is { } nearest ? $"Did you mean \"{nearest}\"? Otherwise make the group first." : "Make the group first, or name another.");
        }

        if (file.Registered is { } place && registered.WhyMissing(place.Store, place.Path) is { } why)
        {
            yield return Error(item, "contents", file.Line, "-f", why, "Correct the line, or add the store to the settings.");
        }
    }

    // An item is added whatever becomes of its relationships, so they are looked at beforehand only when nothing is written, or nothing unless all is well.
    private async Task<ILookup<string, Finding>> CheckRelationshipsAsync(IReadOnlyList<SafItem> items, CancellationToken cancellationToken) =>
        await relationships.CheckAsync(
            package, request is { Validate: true } or { Atomic: true } ? items : [], name => (!request.Validate || request.Resume) && _except.Contains(name), cancellationToken);

    private async Task<Dictionary<string, string>> FindTakenHandlesAsync(IReadOnlyList<SafItem> items, CancellationToken cancellationToken)
    {
        var wanted = items.Select(item => item.Handle).OfType<string>().ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Handles.Where(handle => wanted.Contains(handle.Value) && (handle.ItemId ?? handle.CollectionId ?? handle.CommunityId) != null)
            .ToDictionaryAsync(handle => handle.Value, handle => handle.ItemId != null ? "a stored item" : handle.CollectionId != null ? "a collection" : "a community", cancellationToken);
    }

    private static Finding Error(SafItem item, string file, int? line, string? field, string message, string remedy) =>
        new() { Severity = Severity.Error, Item = item.Name, File = file, Line = line, Field = field, Message = message, Remedy = remedy };
}
