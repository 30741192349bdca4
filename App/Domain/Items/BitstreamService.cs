using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>Contents of items' files.</summary>
public sealed class BitstreamService(
    IDbContextFactory<PortalDb> databases, IBitstreamStore store, RegisteredFiles registered, ItemService items, Caller caller)
{
    /// <summary>Opens a file for download.</summary>
    /// <exception cref="NotFoundException">There is no such file, or not for this caller, or its content is missing.</exception>
    /// <exception cref="ForbiddenException">The policies let others read it.</exception>
    public async Task<(Bitstream Bitstream, Stream Content)> OpenAsync(Guid id, CancellationToken cancellationToken)
    {
        var bitstream = await GetAsync(id, cancellationToken);
        return (bitstream, Open(bitstream));
    }

    /// <summary>Reads the content and says whether it still has the checksum that was stored; false also when it is missing.</summary>
    public async Task<bool> VerifyAsync(Guid id, CancellationToken cancellationToken)
    {
        var bitstream = await GetAsync(id, cancellationToken);
        if (bitstream.RegisteredStore is null)
        {
            return await store.VerifyAsync(bitstream.Sha256, cancellationToken);
        }

        await using var content = Open(bitstream);
        return Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(content, cancellationToken)) == bitstream.Sha256;
    }

    private Stream Open(Bitstream bitstream) => bitstream is { RegisteredStore: { } number, RegisteredPath: { } path }
        ? registered.OpenRead(number, path)
        : store.OpenRead(bitstream.Sha256);

    private async Task<Bitstream> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var bitstream = await db.Bitstreams.AsNoTracking().Include(bitstream => bitstream.Format).SingleOrDefaultAsync(bitstream => bitstream.Id == id, cancellationToken)
            ?? throw new NotFoundException($"There is no file {id}. It may have been deleted meanwhile.");
        var item = await items.GetAsync(bitstream.ItemId.ToString(), cancellationToken);
        // Policies are for the public; whoever sees an item before it is archived submits or reviews it.
        if (item.State is ItemState.Workspace or ItemState.Workflow || await items.MayChangeAsync(item.Id, cancellationToken) || await MayReadAsync(db, bitstream, item, cancellationToken))
        {
            return bitstream;
        }

        throw new ForbiddenException($"{bitstream.Name} may be read by certain groups only. Ask an administrator to add you to one of them.");
    }

    // The nearest policies count: the file's own, else the item's, else the owning collection's; where there are none, everybody may read.
    private async Task<bool> MayReadAsync(PortalDb db, Bitstream bitstream, Item item, CancellationToken cancellationToken)
    {
        var owner = item.Collections.Where(membership => membership.Place == 0).Select(membership => (Guid?)membership.CollectionId).FirstOrDefault();
        var policies = await db.Policies.AsNoTracking()
            .Where(policy => policy.Action == PolicyAction.Read
                && (policy.BitstreamId == bitstream.Id || policy.ItemId == item.Id || (policy.CollectionId != null && policy.CollectionId == owner)))
            .Select(policy => new { policy.BitstreamId, policy.ItemId, Allowed = policy.Group!.Name == Group.Anonymous || policy.Group.Members.Any(member => member.Id == caller.Id) })
            .ToListAsync(cancellationToken);
        var nearest = policies.Where(policy => policy.BitstreamId is not null).ToList() is { Count: > 0 } own ? own
            : policies.Where(policy => policy.ItemId is not null).ToList() is { Count: > 0 } items ? items
            : policies;
        return nearest.Count == 0 || nearest.Exists(policy => policy.Allowed);
    }
}
