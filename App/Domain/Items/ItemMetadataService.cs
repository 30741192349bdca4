using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>
/// Changes of items' metadata. What is archived or withdrawn is edited by curators of its owning collection, what is being described by its submitter
/// as well; what waits for review only by the reviewer who works on it.
/// </summary>
public sealed class ItemMetadataService(IDbContextFactory<PortalDb> databases, MetadataRegistry registry, CuratorAccess access, Caller caller, TimeProvider clock)
{
    /// <summary>Whether the caller may edit an item's metadata by <see cref="UpdateAsync"/>.</summary>
    public async Task<bool> MayEditAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Editable(db).AnyAsync(item => item.Id == id && item.State != ItemState.Workflow, cancellationToken);
    }

    /// <summary>Replaces all values of an item.</summary>
    /// <param name="id">The item.</param>
    /// <param name="values">Its values from now on, in order.</param>
    /// <param name="lastModified">When the item that the caller has looked at was last modified.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="NotFoundException">There is no such item, or the caller may not edit it.</exception>
    /// <exception cref="ConflictException">The item has changed since, or waits for review.</exception>
    /// <exception cref="PortalException">A value is wrong; names the first.</exception>
    public async Task UpdateAsync(Guid id, IReadOnlyList<MetadataValue> values, DateTimeOffset lastModified, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await Editable(db).AnyAsync(item => item.Id == id, cancellationToken))
        {
            throw Gone(id);
        }

        var item = await LockAsync(db, id, cancellationToken);
        if (item.State == ItemState.Workflow)
        {
            throw new ConflictException("The item waits for review. Its reviewers edit it on the page Reviews.");
        }

        await ReplaceAsync(db, item, values, lastModified, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Reads an item and keeps others from changing it until the context's transaction ends.</summary>
    /// <exception cref="NotFoundException">It is gone.</exception>
    public static async Task<Item> LockAsync(PortalDb db, Guid id, CancellationToken cancellationToken) =>
        (await db.Items.FromSql($"SELECT * FROM item WHERE id = {id} FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault() ?? throw Gone(id);

    /// <summary>Replaces the values of an item that <see cref="LockAsync"/> has read, for those who have checked that the caller may; they save it.</summary>
    /// <exception cref="ConflictException">The item has changed since <paramref name="lastModified"/>.</exception>
    /// <exception cref="PortalException">A value is wrong; names the first.</exception>
    public async Task ReplaceAsync(PortalDb db, Item item, IReadOnlyList<MetadataValue> values, DateTimeOffset lastModified, CancellationToken cancellationToken)
    {
        if (item.LastModified != lastModified)
        {
            var last = await db.ItemEvents.AsNoTracking().Where(happening => happening.ItemId == item.Id).OrderByDescending(happening => happening.Id).FirstOrDefaultAsync(cancellationToken);
            throw new ConflictException(string.Create(
                CultureInfo.InvariantCulture,
                $"The item was changed at {item.LastModified.UtcDateTime:HH:mm:ss} UTC{(last is null ? "" : $" by {last.By}")}, after you opened it. Copy what you have written, reload the page, and make your changes again."));
        }

        var wanted = MetadataRules.Require(values, await registry.GetFieldsAsync(cancellationToken));
        if (wanted.SequenceEqual(item.Metadata))
        {
            return;
        }

        item.Metadata = wanted;
        item.LastModified = clock.GetUtcNow();
        db.ItemChanges.Add(new ItemChange { ItemId = item.Id });
        db.ItemEvents.Add(new ItemEvent { ItemId = item.Id, At = clock.GetUtcNow(), By = caller.Name, Action = "Metadata edited" });
    }

    private IQueryable<Item> Editable(PortalDb db)
    {
        var curated = access.Items(db);
        return db.Items.Where(item => curated.Any(own => own.Id == item.Id)
            || ((item.State == ItemState.Workspace || item.State == ItemState.Workflow) && item.SubmitterId == caller.Id && caller.Id != null));
    }

    private static NotFoundException Gone(Guid id) => new($"There is no item {id} that you may edit. It may have been deleted meanwhile, or belong to others.");
}
