using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Finds the stored items that the items of a package are to replace: by the mapfile, or by their <c>handle</c> files when there is none.</summary>
internal sealed class SafTargets(IDbContextFactory<PortalDb> databases, CuratorAccess access, IReadOnlyList<MapfileLine> mapfile) : ISafIdentities
{
    private readonly Dictionary<string, string> _lines = mapfile.ToDictionary(line => line.Item, line => line.Identifier, StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> _asked = [];

    public void Begin() => _asked.Clear();

    public async Task<IReadOnlyList<SafIntakeItem>> IdentifyAsync(IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await StoredItems.FindAsync(db, access, [.. items.Select(Identifier).OfType<string>()], cancellationToken);
        return [.. items.Select(item => Identify(item, found))];
    }

    private SafIntakeItem Identify(SafIntakeItem item, IReadOnlyDictionary<string, StoredItem> found)
    {
        var name = item.Item.Name;
        if (Identifier(item) is not { } identifier)
        {
            return _lines.Count > 0
                ? item with { Skip = $"{name} is not in the mapfile." }
                : Fail(item, null, $"Nothing says which item {name} replaces.", "Give a mapfile, or put a file handle into the directory.");
        }

        var file = _lines.Count > 0 ? null : SafNames.Handle;
        if (!found.TryGetValue(identifier, out var stored))
        {
            return Fail(item, file, $"There is no item {identifier} that {name} could replace.", "Correct the identifier, or add the item as a new one.");
        }

        if (!stored.MayChange)
        {
            return Fail(item, file, $"You may not change the item {identifier}.", "Ask an administrator to make you a curator of its collection.");
        }

        if (item.Item.Handle is { } handle && handle != stored.Handle)
        {
            return Fail(item, SafNames.Handle, $"{name}/handle says {handle}, but the item to be replaced is {stored.Handle ?? identifier}.", "Correct the mapfile, or remove the file handle.");
        }

        return _asked.TryAdd(stored.Id, name)
            ? item with { Stored = stored.Id }
            : Fail(item, file, $"{name} would replace {identifier}, as {_asked[stored.Id]} does.", "Leave one of them out.");
    }

    private string? Identifier(SafIntakeItem item) => _lines.Count > 0 ? _lines.GetValueOrDefault(item.Item.Name) : item.Item.Handle;

    private static SafIntakeItem Fail(SafIntakeItem item, string? file, string message, string remedy) => item with
    {
        Findings = [.. item.Findings, new Finding { Severity = Severity.Error, Item = item.Item.Name, File = file, Message = message, Remedy = remedy }],
        Failure = item.Failure ?? $"{message} {remedy}",
    };
}

/// <summary>A stored item as imports look it up.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="MayChange">Whether the caller may change it.</param>
internal sealed record StoredItem(Guid Id, string? Handle, bool MayChange);

/// <summary>Looks up stored items by what mapfiles call them.</summary>
internal static class StoredItems
{
    /// <summary>The items that handles and ids name, by these; those that are nothing are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, StoredItem>> FindAsync(PortalDb db, CuratorAccess access, IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken)
    {
        var ids = identifiers.Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        var mine = access.Collections(db).Select(collection => collection.Id);
        var byHandle = await db.Handles.Where(handle => identifiers.Contains(handle.Value) && handle.ItemId != null).Select(handle => handle.ItemId!.Value).ToListAsync(cancellationToken);
        ids.AddRange(byHandle);
        var items = await db.Items.Where(item => ids.Contains(item.Id))
            .Select(item => new StoredItem(item.Id, item.Handle!.Value, item.Collections.Any(membership => membership.Place == 0 && mine.Contains(membership.CollectionId))))
            .ToListAsync(cancellationToken);
        var found = new Dictionary<string, StoredItem>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            found[item.Id.ToString()] = item;
            if (item.Handle is { } handle)
            {
                found[handle] = item;
            }
        }

        return found;
    }
}
