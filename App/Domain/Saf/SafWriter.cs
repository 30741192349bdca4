using System.Globalization;
using System.Text;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>One file of an item's folder: a text of ours, or one of the item's files.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Text">What it says; null for a file of the item.</param>
/// <param name="Bitstream">The file of the item; null for a text.</param>
internal sealed record SafOutputFile(string Name, string? Text, Bitstream? Bitstream = null);

/// <summary>Says what an item's folder in a package holds, in the order in which DSpace writes it.</summary>
internal static class SafWriter
{
    private const string DublinCoreSchema = "dc";

    /// <summary>The files of an item's folder.</summary>
    /// <param name="item">The item with its handle, collections, policies and files, these in order.</param>
    /// <param name="request">What to leave out.</param>
    /// <param name="ownHandles">How the links of this repository's handles begin.</param>
    public static IReadOnlyList<SafOutputFile> Write(Item item, SafExportRequest request, string ownHandles)
    {
        var names = SafFileNames.For(item.Bitstreams);
        var files = new List<SafOutputFile>(WriteMetadata(item, request, ownHandles)) { new(SafNames.Contents, ContentsWriter.Write(item.Bitstreams, names)) };
        if (!request.ExcludeBitstreams)
        {
            files.AddRange(item.Bitstreams.Select((file, i) => new SafOutputFile(names[i], null, file)));
        }

        // An item that is still being submitted has none; DSpace could not read an empty file.
        if (item.Collections.Count > 0)
        {
            files.Add(new(SafNames.Collections, string.Concat(item.Collections.OrderBy(membership => membership.Place).Select(membership => $"{membership.Collection!.Handle!.Value}\n"))));
        }

        if (item.Handle is { } handle && !request.Migrate)
        {
            files.Add(new(SafNames.Handle, $"{handle.Value}\n"));
        }

        return files;
    }

    /// <summary>The earliest time that a ZIP knows.</summary>
    public static DateTime NoTime { get; } = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>When the files are said to be from: when the item came into the archive, which stays the same wherever it is exported.</summary>
    public static DateTime TimeOf(Item item) =>
        item.Metadata.FirstOrDefault(value => value.Field == "dc.date.accessioned") is { Value: var text }
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : NoTime;

    /// <summary>The bytes of a text.</summary>
    public static byte[] BytesOf(string text) => Encoding.UTF8.GetBytes(text);

    // Values of the schema relation are relationships, which are no metadata.
    private static IEnumerable<SafOutputFile> WriteMetadata(Item item, SafExportRequest request, string ownHandles)
    {
        var kept = item.Metadata.Where(value => !value.Field.StartsWith("relation.", StringComparison.Ordinal) && !(request.Migrate && SafMigration.LeavesOut(value, ownHandles))).ToList();
        var sorted = kept.Select((value, place) => (Value: value, Place: place, File: FileOf(value)))
            .OrderBy(one => one.File != SafNames.DublinCore).ThenBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Place).ToList();
        var places = SafPlaces.For([.. sorted.Select(one => one.Place)], sorted.Count(one => one.File == SafNames.DublinCore));
        var lines = sorted.Select((one, i) => (one.File, Line: new DublinCoreLine(one.Value, places[i]))).ToLookup(one => one.File, one => one.Line);

        // DSpace writes none for an item without any dc value, and cannot read what it wrote.
        yield return new(SafNames.DublinCore, DublinCoreWriter.Write(DublinCoreSchema, DublinCoreWriter.Standing(item), lines[SafNames.DublinCore]));
        foreach (var file in lines.Where(file => file.Key != SafNames.DublinCore))
        {
            yield return new(file.Key, DublinCoreWriter.Write(SchemaOf(file.First().Value), [], file));
        }
    }

    private static string FileOf(MetadataValue value) => SchemaOf(value) is var schema && schema == DublinCoreSchema ? SafNames.DublinCore : $"metadata_{schema}.xml";

    private static string SchemaOf(MetadataValue value) => value.Field[..value.Field.IndexOf('.')];
}
