using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>Which items a list is to show.</summary>
/// <param name="Collection">Only those in the collection with this handle or id.</param>
/// <param name="State">Only those in this state.</param>
/// <param name="Text">Only those whose title contains this, or whose handle is this.</param>
/// <param name="Private">Only private ones (true) or only discoverable ones (false).</param>
public sealed record ItemFilter(string? Collection = null, ItemState? State = null, string? Text = null, bool? Private = null);

/// <summary>An item as lists show it.</summary>
public sealed record ItemRow(Guid Id, string? Handle, string? Title, string? Issued, ItemState State, bool Discoverable, string? Collection, int Files, DateTimeOffset LastModified);

/// <summary>Stored items, as far as <see cref="ItemVisibility"/> shows them to the caller.</summary>
public sealed class ItemService(IDbContextFactory<PortalDb> databases, HandleService handles, CuratorAccess access, ItemVisibility visibility, Caller caller, TimeProvider clock)
{
    /// <summary>One page of the items.</summary>
    /// <param name="filter">Which items.</param>
    /// <param name="page">Which page; sorted by <c>modified</c>, <c>title</c> or <c>issued</c>.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<ItemRow>> ListAsync(ItemFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var items = Filter(db, filter, await FindCollectionAsync(db, filter.Collection, cancellationToken));
        var sorted = (page.Sort, page.Descending) switch
        {
            ("title", false) => items.OrderBy(item => item.Title).ThenBy(item => item.Id),
            ("title", true) => items.OrderByDescending(item => item.Title).ThenBy(item => item.Id),
            ("issued", false) => items.OrderBy(item => item.Issued).ThenBy(item => item.Id),
            ("issued", true) => items.OrderByDescending(item => item.Issued).ThenBy(item => item.Id),
            ("modified", false) => items.OrderBy(item => item.LastModified).ThenBy(item => item.Id),
            ("modified", true) => items.OrderByDescending(item => item.LastModified).ThenByDescending(item => item.Id),
            _ => items.OrderBy(item => item.Id),
        };
        return new(await ToRowsAsync(sorted.Skip(page.Skip).Take(page.Take), cancellationToken), await items.LongCountAsync(cancellationToken));
    }

    /// <summary>Those of some items that the caller may see, in no order.</summary>
    public async Task<IReadOnlyList<ItemRow>> GetRowsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ToRowsAsync(visibility.Items(db).AsNoTracking().Where(item => ids.Contains(item.Id)), cancellationToken);
    }

    /// <summary>Every item of a collection, in the order they came, read as they are asked for.</summary>
    /// <exception cref="NotFoundException">There is no such collection.</exception>
    public async IAsyncEnumerable<ItemRow> StreamAsync(
        string collection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var id = await FindCollectionAsync(db, collection, cancellationToken);
        var rows = Filter(db, new(), id).OrderBy(item => item.Id)
            .Select(item => new ItemRow(item.Id, item.Handle!.Value, item.Title, item.Issued, item.State, item.Discoverable, null, 0, item.LastModified));
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }

    /// <summary>Reads one item with its collections, files and policies.</summary>
    /// <param name="handleOrId">Its handle or id.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="NotFoundException">There is no such item, or not for this caller.</exception>
    public async Task<Item> GetAsync(string handleOrId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (handle, id) = Identify(handleOrId);
        if (handle is not null)
        {
            // One index after the other: with an OR the database would read every item.
            id = await db.Handles.Where(known => known.Value == handle).Select(known => known.ItemId).SingleOrDefaultAsync(cancellationToken) ?? Guid.Empty;
        }

        return await visibility.Items(db).AsNoTracking().AsSplitQuery()
            .Include(item => item.Handle)
            .Include(item => item.Policies).ThenInclude(policy => policy.Group)
            .Include(item => item.Collections.OrderBy(membership => membership.Place)).ThenInclude(membership => membership.Collection!.Handle)
            .Include(item => item.Bitstreams.OrderBy(bitstream => bitstream.Sequence)).ThenInclude(bitstream => bitstream.Format)
            .Include(item => item.Bitstreams).ThenInclude(bitstream => bitstream.Policies).ThenInclude(policy => policy.Group)
            .SingleOrDefaultAsync(item => item.Id == id, cancellationToken)
            ?? throw new NotFoundException($"There is no item {handleOrId}. Give the handle or id of one.");
    }

    /// <summary>Whether the caller may change an item: administrators, and curators of its owning collection.</summary>
    public async Task<bool> MayChangeAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await access.Items(db).AnyAsync(item => item.Id == id, cancellationToken);
    }

    /// <summary>Takes an archived item back from the public; it can be reinstated.</summary>
    public Task WithdrawAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(id, "Withdrawn", item => Move(item, ItemState.Archived, ItemState.Withdrawn), cancellationToken);

    /// <summary>Gives a withdrawn item back to the public.</summary>
    public Task ReinstateAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(id, "Reinstated", item => Move(item, ItemState.Withdrawn, ItemState.Archived), cancellationToken);

    /// <summary>Lets search and harvesters find the item, or not.</summary>
    public Task SetDiscoverableAsync(Guid id, bool discoverable, CancellationToken cancellationToken) =>
        ChangeAsync(id, discoverable ? "Made discoverable" : "Made private", item => item.Discoverable = discoverable, cancellationToken);

    /// <summary>Removes an item with its files. Its handle is kept, so that it is never minted again.</summary>
    public Task DeleteAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(id, "Deleted", null, cancellationToken);

    /// <summary>What people did to an item, newest first.</summary>
    public async Task<IReadOnlyList<ItemEvent>> GetEventsAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ItemEvents.AsNoTracking().Where(happening => happening.ItemId == id).OrderByDescending(happening => happening.Id).ToListAsync(cancellationToken);
    }

    private async Task ChangeAsync(Guid id, string action, Action<Item>? change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var item = await access.Items(db).SingleOrDefaultAsync(item => item.Id == id, cancellationToken)
            ?? throw new NotFoundException($"There is no item {id} that you may change. It may have been deleted meanwhile, or belong to a collection of others.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (change is null)
        {
            // The database deletes what depends on the item and keeps its handle.
            await RelationshipWriter.AnnouncePartnersAsync(db, [id], cancellationToken);
            db.Items.Remove(item);
        }
        else
        {
            change(item);
            item.LastModified = clock.GetUtcNow();
        }

        db.ItemChanges.Add(new ItemChange { ItemId = id });
        db.ItemEvents.Add(new ItemEvent { ItemId = id, At = clock.GetUtcNow(), By = caller.Name, Action = action });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static void Move(Item item, ItemState from, ItemState to)
    {
        if (item.State != from)
        {
            throw new ConflictException($"The item is {item.State.ToString().ToLowerInvariant()}, not {from.ToString().ToLowerInvariant()}. Reload the page to see what became of it.");
        }

        item.State = to;
    }

    private static Task<List<ItemRow>> ToRowsAsync(IQueryable<Item> items, CancellationToken cancellationToken) => items
        .Select(item => new ItemRow(
            item.Id, item.Handle!.Value, item.Title, item.Issued, item.State, item.Discoverable,
            item.Collections.Where(membership => membership.Place == 0).Select(membership => membership.Collection!.Name).FirstOrDefault(),
            item.Bitstreams.Count(bitstream => bitstream.Bundle == Bitstream.OriginalBundle), item.LastModified))
        .ToListAsync(cancellationToken);

    // The id is looked up first, so that the query for the items goes by the index of one collection.
    private async Task<Guid?> FindCollectionAsync(PortalDb db, string? handleOrId, CancellationToken cancellationToken)
    {
        if (handleOrId is null)
        {
            return null;
        }

        var (handle, id) = Identify(handleOrId);
        var found = await db.Collections.Where(collection => collection.Id == id || collection.Handle!.Value == handle).Select(collection => collection.Id).ToListAsync(cancellationToken);
        return found is [var known] ? known : throw new NotFoundException($"There is no collection {handleOrId}. Give the handle or id of one; `collection list` shows them.");
    }

    private IQueryable<Item> Filter(PortalDb db, ItemFilter filter, Guid? collection)
    {
        var items = visibility.Items(db).AsNoTracking();
        if (collection is not null)
        {
            items = items.Where(item => item.Collections.Any(membership => membership.CollectionId == collection));
        }

        if (filter.Text is { Length: > 0 } text)
        {
            // A handle is looked up, a title is searched for.
            items = handles.Parse(text) is { } handle
                ? items.Where(item => item.Handle!.Value == handle)
                : items.Where(item => EF.Functions.ILike(item.Title!, LikePattern.Containing(text), LikePattern.Escape));
        }

        items = filter.State is { } state ? items.Where(item => item.State == state) : items;
        return filter.Private is { } hidden ? items.Where(item => item.Discoverable != hidden) : items;
    }

    private (string? Handle, Guid Id) Identify(string handleOrId) =>
        (handles.Parse(handleOrId), Guid.TryParse(handleOrId, out var id) ? id : Guid.Empty);
}
