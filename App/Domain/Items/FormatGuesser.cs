namespace AdminPortal.Domain.Items;

/// <summary>Tells the format of a file from its name, as DSpace does: nothing but the last extension counts.</summary>
/// <param name="formats">The formats to choose from; where two claim an extension, the first has it.</param>
public sealed class FormatGuesser(IReadOnlyCollection<BitstreamFormat> formats)
{
    private readonly BitstreamFormat? _unknown = formats.FirstOrDefault(format => format.MimeType == DefaultFormats.Unknown);

    private readonly Dictionary<string, BitstreamFormat> _byExtension = formats
        .SelectMany(format => format.Extensions, (format, extension) => (Format: format, Extension: extension))
        .DistinctBy(pair => pair.Extension, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(pair => pair.Extension, pair => pair.Format, StringComparer.OrdinalIgnoreCase);

    /// <summary>The format of a file; the unknown one for a name without an extension, or with one that no format claims.</summary>
    /// <param name="fileName">File name, with or without folders, e.g. <c>maps/Plan.TIF</c>; case does not matter.</param>
    /// <returns>The format; null only when not even the unknown one is registered.</returns>
    public BitstreamFormat? Guess(string fileName) => _byExtension.GetValueOrDefault(Path.GetExtension(fileName).TrimStart('.')) ?? _unknown;
}
