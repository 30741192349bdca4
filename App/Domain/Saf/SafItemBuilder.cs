using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Makes of a package's items what will be stored: gives handles, and adds the values that installing an item adds in DSpace.</summary>
public sealed class SafItemBuilder(HandleService handles, FormatRegistry formats, IDbContextFactory<PortalDb> databases, Caller caller, TimeProvider clock)
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
        var minted = await handles.MintAsync(db, items.Count(item => item.Item.Handle is null), cancellationToken);
        await FreeAsync(db, [.. items.Select(item => item.Item.Handle).OfType<string>()], cancellationToken);
        var next = 0;
        return [.. items.Select(item => Build(run, request, item, item.Item.Handle ?? minted[next++]))];
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
        var files = request.ExcludeBitstreams ? before.Files : SafFileMatch.Match(
            before.Files,
            [.. item.Item.Files.Select((file, i) => FileSnapshot.Of(Build(stored.Id, file, item.Contents[i].Content, i + 1)))]);
        var handle = stored.Handle?.Value;
        var kept = stored.Metadata.Where(value => value.Field == Provenance || (_arrival.Contains(value.Field) && item.Item.Metadata.All(given => given.Field != value.Field))).ToList();
        var values = handle is null ? item.Item.Metadata : Identify(item.Item.Metadata, handle);
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

    private NewItem Build(ProcessRun run, SafImportRequest request, SafIntakeItem item, string handle)
    {
        var id = OrderedId.Next();
        var bitstreams = item.Item.Files.Select((file, i) => Build(id, file, item.Contents[i].Content, i + 1)).ToList();
        return new NewItem
        {
            Id = id,
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
            Policies = [.. file.Permissions.Select(permission => new Policy
            {
                Action = permission.Action == SafAction.Read ? PolicyAction.Read : PolicyAction.Write, GroupId = _groups![permission.Group], BitstreamId = id,
            })],
        };
    }

    // As DSpace installs an item: handles among the identifiers give way to the item's own, "today" becomes a date, and the arrival is noted.
    // What a package brings of its own arrival elsewhere stays, so that an item that was exported comes back as it was.
    private List<MetadataValue> Install(IReadOnlyList<MetadataValue> values, string handle, string provenance, List<Bitstream> bitstreams)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var installed = Identify(values, handle)
            .Select(value => value is { Field: "dc.date.issued", Value: "today" } ? value with { Value = $"{now:yyyy-MM-dd}" } : value)
            .ToList();
        foreach (var (field, text) in new[]
        {
            ("dc.date.accessioned", $"{now:yyyy-MM-ddTHH:mm:ssZ}"),
            ("dc.date.available", $"{now:yyyy-MM-ddTHH:mm:ssZ}"),
            (Provenance, $"{provenance}, on {now:yyyy-MM-ddTHH:mm:ssZ}. Files: {bitstreams.Count}{string.Concat(bitstreams.Select(file => $"\n{file.Name}: {file.Size} bytes, checksum: {file.Md5} (MD5)"))}"),
        })
        {
            if (values.All(value => value.Field != field))
            {
                installed.Add(new MetadataValue { Field = field, Value = text, Language = field == Provenance ? "en" : null });
            }
        }

        return installed;
    }

    // The item's own handle stands where the first handle stood, so that an item that comes back has its values in the same order.
    private List<MetadataValue> Identify(IReadOnlyList<MetadataValue> values, string handle)
    {
        var own = new MetadataValue { Field = "dc.identifier.uri", Value = handles.Link(handle) };
        bool IsHandle(MetadataValue value) => value.Field == "dc.identifier.uri" && handles.Parse(value.Value) is not null;
        var first = values.FirstOrDefault(IsHandle);
        var identified = values.Where(value => !IsHandle(value) || ReferenceEquals(value, first)).Select(value => ReferenceEquals(value, first) ? own : value).ToList();
        return first is null ? [.. identified, own] : identified;
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
