using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>How much an export would take.</summary>
/// <param name="Name">What it takes, e.g. the name of the collection.</param>
/// <param name="Items">Items.</param>
/// <param name="LeftOut">Items that are left out because they belong to collections of others.</param>
/// <param name="Files">Files of the items.</param>
/// <param name="Bytes">Bytes of these files, before they are packed.</param>
public sealed record SafExportEstimate(string Name, long Items, long LeftOut, long Files, long Bytes);

/// <summary>The items of an export.</summary>
/// <param name="Name">What they are called together.</param>
/// <param name="Items">Those that the caller gets.</param>
/// <param name="Others">Those that are asked for and are not the caller's.</param>
public sealed record SafExportSelected(string Name, IQueryable<Item> Items, IQueryable<Item> Others);

/// <summary>Finds the items that an export takes. Administrators may take all; curators those that their collections own.</summary>
public sealed class SafExportSelection(HandleService handles, SafExportFound queries, CuratorAccess access, Caller caller)
{
    /// <summary>The items that the caller gets.</summary>
    /// <param name="db">In a transaction, which keeps what a query finds.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="NotFoundException">There is no such item, collection or community.</exception>
    /// <exception cref="ForbiddenException">It is not the caller's.</exception>
    /// <exception cref="PortalException">The query cannot be understood, or the index does not catch up.</exception>
    public async Task<SafExportSelected> FindAsync(PortalDb db, SafExportRequest request, CancellationToken cancellationToken)
    {
        RequireRole();
        var (name, items) = await FindAllAsync(db, request, cancellationToken);
        return caller.IsAdministrator
            ? new(name, items, items.Where(_ => false))
            : new(name, items.Where(item => Own(db).Contains(item.Id)), items.Where(item => !Own(db).Contains(item.Id)));
    }

    /// <summary>Refuses unless the caller may still export what was asked for; a query is not asked again.</summary>
    /// <exception cref="NotFoundException">There is no such item, collection or community any more.</exception>
    /// <exception cref="ForbiddenException">It is not the caller's.</exception>
    public async Task RequireAsync(PortalDb db, SafExportRequest request, CancellationToken cancellationToken)
    {
        RequireRole();
        if (request.Type != SafExportType.Query)
        {
            await FindAllAsync(db, request, cancellationToken);
        }
    }

    /// <summary>Counts what the caller gets.</summary>
    /// <exception cref="PortalException">There is nothing, or not for the caller.</exception>
    public async Task<SafExportEstimate> EstimateAsync(PortalDb db, SafExportRequest request, SafExportSelected selected, CancellationToken cancellationToken)
    {
        var (name, items, others) = selected;
        var count = await items.LongCountAsync(cancellationToken);
        var leftOut = caller.IsAdministrator ? 0 : await others.LongCountAsync(cancellationToken);
        if (count == 0)
        {
            throw leftOut > 0
                ? new ForbiddenException($"{name} holds no items of collections that you look after. Ask an administrator to export them.")
                : new PortalException($"{name} holds no archived items, so there is nothing to export.");
        }

        var files = db.Bitstreams.Where(file => items.Select(item => item.Id).Contains(file.ItemId));
        var size = request.ExcludeBitstreams ? null : await files.GroupBy(_ => 1).Select(all => new { Count = all.LongCount(), Bytes = all.Sum(file => file.Size) }).SingleOrDefaultAsync(cancellationToken);
        return new(name, count, leftOut, size?.Count ?? 0, size?.Bytes ?? 0);
    }

    private async Task<(string Name, IQueryable<Item> Items)> FindAllAsync(PortalDb db, SafExportRequest request, CancellationToken cancellationToken)
    {
        var archived = db.Items.Where(item => item.State == ItemState.Archived);
        switch (request.Type)
        {
            case SafExportType.Site:
                caller.RequireAdministrator("export the whole repository");
                return ("The repository", archived);
            case SafExportType.Query:
                var found = (await queries.FindAsync(db, request.Id ?? "", cancellationToken)).Where(item => item.State == ItemState.Archived);

                // What private items of others hold is not even told by their number.
                return ($"The search for {request.Id}", caller.IsAdministrator ? found : found.Where(item => item.Discoverable || Own(db).Contains(item.Id)));
            case SafExportType.Collection:
                var collection = await FindAsync(db.Collections.Select(one => new Named { Id = one.Id, Name = one.Name, Handle = one.Handle!.Value }), request, cancellationToken);
                await access.RequireAsync(db, [collection.Id], cancellationToken);
                return (collection.Name!, archived.Where(item => item.Collections.Any(membership => membership.CollectionId == collection.Id)));
            case SafExportType.Community:
                var community = await FindAsync(db.Communities.Select(one => new Named { Id = one.Id, Name = one.Name, Handle = one.Handle!.Value }), request, cancellationToken);
                return (community.Name!, archived.Where(item => item.Collections.Any(membership => Below(db, community.Id).Any(one => one.Id == membership.CollectionId))));
            default:
                var named = await FindAsync(db.Items.Select(one => new Named { Id = one.Id, Name = one.Title, Handle = one.Handle!.Value }), request, cancellationToken);
                return (named.Name ?? named.Handle ?? $"Item {named.Id}", db.Items.Where(item => item.Id == named.Id));
        }
    }

    private async Task<Named> FindAsync(IQueryable<Named> things, SafExportRequest request, CancellationToken cancellationToken)
    {
        var kind = request.Type.ToString().ToLowerInvariant();
        var text = request.Id ?? throw new PortalException($"Say which {kind} to export, by its handle or id.");
        var found = handles.Parse(text) is { } handle
            ? await things.SingleOrDefaultAsync(thing => thing.Handle == handle, cancellationToken)
            : Guid.TryParse(text, out var id) ? await things.SingleOrDefaultAsync(thing => thing.Id == id, cancellationToken) : null;
        return found ?? throw new NotFoundException($"There is no {kind} {text}. Give the handle or id of one.");
    }

    private void RequireRole()
    {
        if (caller.Role is not (Role.Administrator or Role.Curator))
        {
            throw new ForbiddenException("Only curators and administrators may export. Ask an administrator for the role Curator.");
        }
    }

    private IQueryable<Guid> Own(PortalDb db) => db.CollectionItems
        .Where(membership => membership.Place == 0 && access.Collections(db).Any(collection => collection.Id == membership.CollectionId)).Select(membership => membership.ItemId);

    private static IQueryable<Collection> Below(PortalDb db, Guid communityId) => db.Collections.FromSql(
        $"""
         SELECT c.* FROM collection c WHERE c.community_id IN (
             WITH RECURSIVE below AS (SELECT {communityId}::uuid AS id UNION SELECT child.id FROM community child JOIN below ON child.parent_id = below.id)
             SELECT id FROM below)
         """);

    private sealed class Named
    {
        public Guid Id { get; init; }

        public string? Name { get; init; }

        public string? Handle { get; init; }
    }
}
