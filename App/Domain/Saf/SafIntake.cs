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
    IDbContextFactory<PortalDb> databases, MetadataRegistry registry, CollectionService collections, CuratorAccess access, RegisteredFiles registered, IBitstreamStore store)
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
            workspace);
    }
}

/// <summary>Reads items from the package, checks them against the database and stages their files.</summary>
public sealed class SafIntake(
    SafPackage package, MetadataFields fields, IReadOnlyList<Guid> targets, IReadOnlySet<string> groups, SafCollections collections,
    IDbContextFactory<PortalDb> databases, RegisteredFiles registered, IBitstreamStore store, string workspace)
{
    // The handles that items of this pass through the package have asked for.
    private readonly HashSet<string> _asked = [];
    private readonly SafContents _contents = new(package, registered, store, workspace);

    /// <summary>The package's items in order, except those that are done, in chunks of bounded number and size.</summary>
    public async IAsyncEnumerable<IReadOnlyList<SafItem>> ReadAsync(
        IReadOnlySet<string> except, int maxItems, long maxBytes, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _asked.Clear();
        var (chunk, bytes) = (new List<SafItem>(), 0L);
        await foreach (var item in SafReader.ReadAllAsync(package, fields, new SafReadOptions { RequiresCollections = targets.Count == 0 }, except, cancellationToken))
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
        var checkedItems = new List<SafIntakeItem>(items.Count);
        foreach (var item in items)
        {
            var findings = new List<Finding>(item.Findings);
            var owners = targets.Count > 0 ? targets : await collections.ResolveAsync(item, findings, cancellationToken);
            if (item.Handle is { } handle && (taken.TryGetValue(handle, out var what) || !_asked.Add(handle)))
            {
                findings.Add(Error(item, "handle", 1, null, $"The handle {handle} belongs to {what ?? "another item of this package"} already.", "Remove the file to get a new handle, or leave the item out."));
            }

            findings.AddRange(item.Standing.Permissions.SelectMany(permission => CheckGroup(item, permission, SafNames.DublinCore, null, "the item")));
            findings.AddRange(item.Files.SelectMany(file => CheckFile(item, file)));
            if (item.Relationships.Count > 0)
            {
                findings.Add(new Finding
                {
                    Severity = Severity.Warning,
                    Item = item.Name,
                    File = item.Relationships[0].File,
                    Line = item.Relationships[0].Line,
                    Message = $"{item.Name} asks for {item.Relationships.Count} relationships, which this version does not make.",
                    Remedy = "Keep the package, to add them later.",
                });
            }

            checkedItems.Add(new(item, owners, findings));
        }

        return checkedItems;
    }

    /// <summary>Reads and hashes the files of the items that have no errors, on all cores.</summary>
    public async Task<IReadOnlyList<SafIntakeItem>> StageAsync(IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        var staged = new SafIntakeItem[items.Count];
        await Parallel.ForAsync(0, items.Count, cancellationToken, async (i, token) => staged[i] = items[i].Failure is null ? await _contents.StageAsync(items[i], token) : items[i]);
        return staged;
    }

    /// <summary>Reads those files whose checksum the package gives, as staging them would, and stores nothing.</summary>
    public async Task<IReadOnlyList<SafIntakeItem>> VerifyAsync(IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        var verified = new SafIntakeItem[items.Count];
        await Parallel.ForAsync(0, items.Count, cancellationToken, async (i, token) => verified[i] = items[i].Failure is null ? await _contents.VerifyAsync(items[i], token) : items[i]);
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

    private IEnumerable<Finding> CheckGroup(SafItem item, SafPermission permission, string file, int? line, string thing)
    {
        if (!groups.Contains(permission.Group))
        {
            yield return Error(
                item, file, line, "permissions", $"There is no group \"{permission.Group}\", to which the permissions of {thing} refer.",
                Nearest.To(permission.Group, groups) is { } nearest ? $"Did you mean \"{nearest}\"? Otherwise make the group first." : "Make the group first, or name another.");
        }
    }

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
