using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Makes of a package's items what will be stored: installs them, or has them wait for review.</summary>
public sealed class SafItemBuilder(HandleService handles, ItemInstaller installer, FormatRegistry formats, IDbContextFactory<PortalDb> databases, Caller caller, TimeProvider clock)
{
    private const string Provenance = "dc.description.provenance";
    private static readonly string[] _arrival = ["dc.date.accessioned", "dc.date.available"];

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

    /// <summary>Makes of a package's item what the stored item will be.</summary>
    /// <param name="run">The run that replaces it.</param>
    /// <param name="request">What the run was asked to do.</param>
    /// <param name="item">The package's item.</param>
    /// <param name="stored">The stored item.</param>
    /// <param name="before">What the stored item is.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>The new state as the package gives it, and the same with a note of who replaced it.</returns>
    internal async Task<(ItemSnapshot Unsigned, ItemSnapshot Signed)> ReplaceAsync(
        ProcessRun run, SafImportRequest request, SafIntakeItem item, Item stored, ItemSnapshot before, CancellationToken cancellationToken)
    {
        _formats ??= await formats.GetGuesserAsync(cancellationToken);
        _groups ??= await ReadGroupsAsync(cancellationToken);

        // When only checked, files are not read: what the package brings is told by its length and what the ZIP says of it.
        var sequences = Sequences(item.Item.Files);
        var files = request.ExcludeBitstreams ? before.Files : SafFileMatch.Match(
            before.Files,
            [.. item.Item.Files.Select((file, i) => FileSnapshot.Of(Build(stored.Id, file, item.Contents[i].Content, sequences[i])))]);
        var handle = stored.Handle?.Value;
        var kept = stored.Metadata.Where(value => value.Field == Provenance || (_arrival.Contains(value.Field) && item.Item.Metadata.All(given => given.Field != value.Field))).ToList();
        var values = handle is null ? item.Item.Metadata : installer.Identify(item.Item.Metadata, handle);
        List<MetadataValue> metadata = [.. values.Where(value => value.Field != Provenance), .. kept];
        metadata.AddRange(values.Where(value => value.Field == Provenance && !kept.Contains(value)));
        var unsigned = new ItemSnapshot(InOrderOf(stored.Metadata, metadata), item.Collections.Count > 0 ? item.Collections : before.Collections, files);
        var note = new MetadataValue { Field = Provenance, Value = $"Replaced by {caller.Name} from {request.PackageName}, {item.Item.Name}, on {clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}, process {run.Process.Id}", Language = "en" };
        return (unsigned, unsigned with { Metadata = [.. unsigned.Metadata, note] });
    }

    // Values of different fields have no order among each other that would matter: what is stored in another one stays so.
    private static IReadOnlyList<MetadataValue> InOrderOf(IReadOnlyList<MetadataValue> stored, List<MetadataValue> given)
    {
        var byField = given.ToLookup(value => value.Field);
        return byField.All(values => values.SequenceEqual(stored.Where(value => value.Field == values.Key))) && stored.Count == given.Count ? stored : given;
    }

    // Without a handle the item waits for review.
    private NewItem Build(ProcessRun run, SafImportRequest request, SafIntakeItem item, Reception reception, string? handle)
    {
        var id = OrderedId.Next();
        var values = request.Template ? [.. reception.Template, .. item.Item.Metadata] : item.Item.Metadata;
        var sequences = Sequences(item.Item.Files);
        var bitstreams = item.Item.Files.Select((file, i) => Build(id, file, item.Contents[i].Content, sequences[i])).ToList();
        return new NewItem
        {
            Id = id,
            Discoverable = !item.Item.Standing.IsPrivate,
            Policies = [.. item.Item.Standing.Permissions.Select(permission => Build(permission, itemId: id))],
            SubmitterId = run.Process.OwnerId,
            State = handle is null ? ItemState.Workflow : item.Item.Standing.IsWithdrawn ? ItemState.Withdrawn : ItemState.Archived,
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
            Policies = [.. file.Permissions.Select(permission => Build(permission, bitstreamId: id))],
        };
    }

    private Policy Build(SafPermission permission, Guid? itemId = null, Guid? bitstreamId = null) => new()
    {
        Action = permission.Action == SafAction.Read ? PolicyAction.Read : PolicyAction.Write,
        GroupId = _groups![permission.Group],
        ItemId = itemId,
        BitstreamId = bitstreamId,
    };

    // The numbers that the package gives; files without one come after those in the order of their lines.
    private static List<int> Sequences(IReadOnlyList<SafFile> files)
    {
        var last = files.Max(file => file.Sequence) ?? 0;
        return [.. files.Select(file => file.Sequence ?? ++last)];
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
