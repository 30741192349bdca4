using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Makes of a package's items what will be stored: gives handles, and adds the values that installing an item adds in DSpace.</summary>
public sealed class SafItemBuilder(HandleService handles, FormatRegistry formats, IDbContextFactory<PortalDb> databases, Caller caller, TimeProvider clock)
{
    private FormatGuesser? _formats;
    private Dictionary<string, Guid>? _groups;

    /// <summary>Builds the items within the transaction that will store them.</summary>
    public async Task<IReadOnlyList<NewItem>> BuildAsync(
        PortalDb db, ProcessRun run, SafImportRequest request, IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        _formats ??= await formats.GetGuesserAsync(cancellationToken);
        _groups ??= await ReadGroupsAsync(cancellationToken);
        var minted = await handles.MintAsync(db, items.Count(item => item.Item.Handle is null), cancellationToken);
        await FreeAsync(db, [.. items.Select(item => item.Item.Handle).OfType<string>()], cancellationToken);
        var next = 0;
        return [.. items.Select(item => Build(run, request, item, item.Item.Handle ?? minted[next++]))];
    }

    private NewItem Build(ProcessRun run, SafImportRequest request, SafIntakeItem item, string handle)
    {
        var id = OrderedId.Next();
        var sequences = Sequences(item.Item.Files);
        var bitstreams = item.Item.Files.Select((file, i) => Build(id, file, item.Contents[i].Content, sequences[i])).ToList();
        return new NewItem
        {
            Id = id,
            State = item.Item.Standing.IsWithdrawn ? ItemState.Withdrawn : ItemState.Archived,
            Discoverable = !item.Item.Standing.IsPrivate,
            Policies = [.. item.Item.Standing.Permissions.Select(permission => Build(permission, itemId: id))],
            SubmitterId = run.Process.OwnerId,
            Handle = handle,
            Collections = item.Collections,
            Bitstreams = bitstreams,
            Metadata = Install(item.Item.Metadata, handle, $"Imported by {caller.Name} from {request.PackageName}, {item.Item.Name}", bitstreams),
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
        Action = permission.Action == SafAction.Read ? PolicyAction.Read : PolicyAction.Write, GroupId = _groups![permission.Group], ItemId = itemId, BitstreamId = bitstreamId,
    };

    // The numbers that the package gives; files without one come after those in the order of their lines.
    private static List<int> Sequences(IReadOnlyList<SafFile> files)
    {
        var last = files.Max(file => file.Sequence) ?? 0;
        return [.. files.Select(file => file.Sequence ?? ++last)];
    }

    // As DSpace installs an item: handles among the identifiers give way to the item's own, "today" becomes a date, and the arrival is noted.
    // What a package brings of its own arrival elsewhere stays, so that an item that was exported comes back as it was.
    private List<MetadataValue> Install(IReadOnlyList<MetadataValue> values, string handle, string provenance, List<Bitstream> bitstreams)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var installed = Identify(values, handles.Link(handle))
            .Select(value => value is { Field: "dc.date.issued", Value: "today" } ? value with { Value = $"{now:yyyy-MM-dd}" } : value)
            .ToList();
        foreach (var (field, text) in new[]
        {
            ("dc.date.accessioned", $"{now:yyyy-MM-ddTHH:mm:ssZ}"),
            ("dc.date.available", $"{now:yyyy-MM-ddTHH:mm:ssZ}"),
            ("dc.description.provenance", $"{provenance}, on {now:yyyy-MM-ddTHH:mm:ssZ}. Files: {bitstreams.Count}{string.Concat(bitstreams.Select(file => $"\n{file.Name}: {file.Size} bytes, checksum: {file.Md5} (MD5)"))}"),
        })
        {
            if (values.All(value => value.Field != field))
            {
                installed.Add(new MetadataValue { Field = field, Value = text, Language = field == "dc.description.provenance" ? "en" : null });
            }
        }

        return installed;
    }

    // The link of the item's handle stands where the first link of a handle was, so that the order of the values is kept.
    private List<MetadataValue> Identify(IReadOnlyList<MetadataValue> values, string link)
    {
        var identified = new List<MetadataValue>(values.Count + 4);
        var isThere = false;
        foreach (var value in values)
        {
            if (value.Field != "dc.identifier.uri" || handles.Parse(value.Value) is null)
            {
                identified.Add(value);
            }
            else if (!isThere)
            {
                identified.Add(value.Value == link ? value : new MetadataValue { Field = value.Field, Value = link });
                isThere = true;
            }
        }

        if (!isThere)
        {
            identified.Add(new MetadataValue { Field = "dc.identifier.uri", Value = link });
        }

        return identified;
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
