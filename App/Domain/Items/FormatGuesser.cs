namespace AdminPortal.Domain.Items;

/// <summary>Tells the format of a file from its name, as DSpace does: nothing but the last extension counts.</summary>
/// <param name="formats">The formats to choose from; where two claim an extension, the first has it.</param>
public sealed class FormatGuesser(IEnumerable<BitstreamFormatSeed> formats)
{
    private readonly Dictionary<string, BitstreamFormatSeed> _byExtension = formats
        .SelectMany(format => format.Extensions, (format, extension) => (Format: format, Extension: extension))
        .DistinctBy(pair => pair.Extension, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(pair => pair.Extension, pair => pair.Format, StringComparer.OrdinalIgnoreCase);

    /// <summary>The format of a file; the unknown one for a name without an extension, or with one that no format claims.</summary>
    /// <param name="fileName">File name, with or without folders, e.g. <c>maps/Plan.TIF</c>; case does not matter.</param>
    public BitstreamFormatSeed Guess(string fileName) =>
        _byExtension.GetValueOrDefault(Path.GetExtension(fileName).TrimStart('.'), DefaultFormats.Unknown);
}
