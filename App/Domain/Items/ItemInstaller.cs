using AdminPortal.Domain.Data;

namespace AdminPortal.Domain.Items;

/// <summary>Knows what becomes of an item when it is archived, whichever way it comes: the values that it is given, and how it gets its handle.</summary>
public sealed class ItemInstaller(HandleService handles, TimeProvider clock)
{
    private const string Provenance = "dc.description.provenance";

    /// <summary>
    /// The values of an item that is archived under a handle. As DSpace installs an item: handles among the identifiers give way to the item's own,
    /// "today" becomes a date, and the arrival is noted. What the item brings of its own arrival elsewhere stays, so that one that was exported
    /// comes back as it was.
    /// </summary>
    public IReadOnlyList<MetadataValue> Install(IReadOnlyList<MetadataValue> values, string handle)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var installed = Identify(values, handle)
            .Select(value => value is { Field: "dc.date.issued", Value: "today" } ? value with { Value = $"{now:yyyy-MM-dd}" } : value)
            .ToList();
        foreach (var field in new[] { "dc.date.accessioned", "dc.date.available" })
        {
            if (values.All(value => value.Field != field))
            {
                installed.Add(new MetadataValue { Field = field, Value = $"{now:yyyy-MM-ddTHH:mm:ssZ}" });
            }
        }

        return installed;
    }

    /// <summary>The values with the item's own handle, which stands where the first handle stood, so that an item that comes back has its values in the same order.</summary>
    public IReadOnlyList<MetadataValue> Identify(IReadOnlyList<MetadataValue> values, string handle)
    {
        var own = new MetadataValue { Field = "dc.identifier.uri", Value = handles.Link(handle) };
        bool IsHandle(MetadataValue value) => value.Field == "dc.identifier.uri" && handles.Parse(value.Value) is not null;
        var first = values.FirstOrDefault(IsHandle);
        var identified = values.Where(value => !IsHandle(value) || ReferenceEquals(value, first)).Select(value => ReferenceEquals(value, first) ? own : value).ToList();
        return first is null ? [.. identified, own] : identified;
    }

    /// <summary>The values with a note of their provenance, unless they bring one.</summary>
    /// <param name="values">The item's values.</param>
    /// <param name="what">What was done and by whom, e.g. <c>Imported by ada@example.org from package.zip</c>.</param>
    /// <param name="files">The item's files, which the note lists.</param>
    public IReadOnlyList<MetadataValue> NoteArrival(IReadOnlyList<MetadataValue> values, string what, IReadOnlyList<Bitstream> files) =>
        values.Any(value => value.Field == Provenance) ? values : [.. values, Note(what, files)];

    /// <summary>Archives an item that is stored already, within the transaction of its context: handle, values, state and change feed.</summary>
    /// <param name="db">The context that tracks the item and saves it afterwards.</param>
    /// <param name="item">The item with its files.</param>
    /// <param name="wishedHandle">The handle that it is to have; when that names something else by now, or none is wished for, it gets the next one.</param>
    /// <param name="what">What is done and by whom, for the provenance.</param>
    /// <param name="cancellationToken">Stops before anything is committed.</param>
    /// <returns>The handle that it has got.</returns>
    public async Task<string> ArchiveAsync(PortalDb db, Item item, string? wishedHandle, string what, CancellationToken cancellationToken)
    {
        if (wishedHandle is not { } handle || !await handles.TryGiveAsync(db, handle, item.Id, cancellationToken))
        {
            handle = (await handles.MintAsync(db, 1, cancellationToken))[0];
            db.Handles.Add(new Handle { Value = handle, ItemId = item.Id });
        }

        item.Metadata = Install([.. item.Metadata, Note(what, item.Bitstreams)], handle);
        item.State = ItemState.Archived;
        item.LastModified = clock.GetUtcNow();
        db.ItemChanges.Add(new ItemChange { ItemId = item.Id });
        return handle;
    }

    private MetadataValue Note(string what, IReadOnlyList<Bitstream> files) => new()
    {
        Field = Provenance,
        Value = $"{what}, on {clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}. Files: {files.Count}{string.Concat(files.Select(file => $"\n{file.Name}: {file.Size} bytes, checksum: {file.Md5} (MD5)"))}",
        Language = "en",
    };
}
