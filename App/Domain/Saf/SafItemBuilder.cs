using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Makes of a package's items what will be stored: installs them, or has them wait for review.</summary>
public sealed class SafItemBuilder(HandleService handles, ItemInstaller installer, FormatRegistry formats, IDbContextFactory<PortalDb> databases, Caller caller)
{
    private FormatGuesser? _formats;
    private Dictionary<string, Guid>? _groups;

    /// <summary>Builds the items within the transaction that will store them.</summary>
    public async Task<IReadOnlyList<NewItem>> BuildAsync(
        PortalDb db, ProcessRun run, SafImportRequest request, IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        _formats ??= await formats.GetGuesserAsync(cancellationToken);
        _groups ??= await ReadGroupsAsync(cancellationToken);
        var receptions = await CollectionSettingsService.GetReceptionsAsync(db, items.Select(item => item.Collections[0]).ToHashSet(), cancellationToken);
        var archived = items.Where(item => !IsReviewed(item)).ToList();
        var minted = await handles.MintAsync(db, archived.Count(item => item.Item.Handle is null), cancellationToken);
        await FreeAsync(db, [.. archived.Select(item => item.Item.Handle).OfType<string>()], cancellationToken);
        var next = 0;
        return [.. items.Select(item => Build(run, request, item, ReceptionOf(item), IsReviewed(item) ? null : item.Item.Handle ?? minted[next++]))];

        // A collection that was removed meanwhile is the database's to refuse.
        Reception ReceptionOf(SafIntakeItem item) => receptions.GetValueOrDefault(item.Collections[0]) ?? new(false, []);

        bool IsReviewed(SafIntakeItem item) => request.Workflow && ReceptionOf(item).IsReviewed;
    }

    // Without a handle the item waits for review.
    private NewItem Build(ProcessRun run, SafImportRequest request, SafIntakeItem item, Reception reception, string? handle)
    {
        var id = OrderedId.Next();
        var values = request.Template ? [.. reception.Template, .. item.Item.Metadata] : item.Item.Metadata;
        var bitstreams = item.Item.Files.Select((file, i) => Build(id, file, item.Contents[i].Content, i + 1)).ToList();
        return new NewItem
        {
            Id = id,
            SubmitterId = run.Process.OwnerId,
            State = handle is null ? ItemState.Workflow : ItemState.Archived,
            Handle = handle,
            WishedHandle = handle is null ? item.Item.Handle : null,
            Collections = item.Collections,
            Bitstreams = bitstreams,
            Metadata = installer.NoteArrival(
                handle is null ? values : installer.Install(values, handle), $"Imported by {caller.Name} from {request.PackageName}, {item.Item.Name}", bitstreams),
        };
    }

    private Bitstream Build(Guid itemId, SafFile file, Storage.StoredContent content, int sequence)
    {
        var id = OrderedId.Next();
        return new Bitstream
        {
            Id = id,
            ItemId = itemId,
            Bundle = file.Bundle,
            Sequence = sequence,
            Name = file.Name,
            Description = file.Description,
            Primary = file.IsPrimary,
            Size = content.Size,
            Md5 = content.Md5,
            Sha256 = content.Sha256,
            FormatId = _formats!.Guess(file.Name)?.Id,
            RegisteredStore = file.Registered?.Store,
            RegisteredPath = file.Registered?.Path,
            Metadata = file.Metadata,
            Policies = [.. file.Permissions.Select(permission => new Policy
            {
                Action = permission.Action == SafAction.Read ? PolicyAction.Read : PolicyAction.Write, GroupId = _groups![permission.Group], BitstreamId = id,
            })],
        };
    }

    // A handle of something deleted may be given again, but only when a package asks for it by name.
    private static async Task FreeAsync(PortalDb db, List<string> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count > 0)
        {
            await db.Handles.Where(handle => wanted.Contains(handle.Value) && handle.ItemId == null && handle.CollectionId == null && handle.CommunityId == null)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task<Dictionary<string, Guid>> ReadGroupsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await db.Groups.Select(group => new { group.Name, group.Id }).ToListAsync(cancellationToken)).ToDictionary(group => group.Name, group => group.Id, StringComparer.OrdinalIgnoreCase);
    }
}
