using System.Globalization;
using System.Text.Json;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>The options of one line that <see cref="ContentsWriter"/> writes for this portal and DSpace passes over.</summary>
internal sealed class ContentsExtras
{
    private string? _name, _sha256, _bundle, _description;
    private int? _sequence;
    private SafRegistered? _registered;
    private IReadOnlyList<MetadataValue>? _metadata;

    public static bool Knows(string key) => key is "sequence" or "sha256" or "name" or "registered" or "bundle*" or "description*" or "permissions*" or "metadata*";

    /// <summary>Takes an option in; false when its value makes no sense.</summary>
    public bool Take(string key, string value) => key switch
    {
        "sequence" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && Is(_sequence = number),
        "sha256" => value.Length == 64 && value.All(char.IsAsciiHexDigit) && Is(_sha256 = value.ToLowerInvariant()),
        "name" => Is(_name = SafEscapes.Unescape(value)),
        "bundle*" => Is(_bundle = SafEscapes.Unescape(value)),
        "description*" => Is(_description = SafEscapes.Unescape(value)),
        "registered" => Is(_registered = Registered(value)),
        _ => Is(_metadata = Metadata(value)),
    };

    /// <summary>The file with what the options say. The exact form of a text counts as long as nobody has edited the plain one beside it.</summary>
    public SafFile Apply(SafFile file) => file with
    {
        Path = file.Name,
        Name = _name ?? file.Name,
        Bundle = _bundle is not null && (SafEscapes.Flatten(_bundle) is "" || SafEscapes.Flatten(_bundle) == file.Bundle) ? _bundle : file.Bundle,
        Description = _description is not null && SafEscapes.Flatten(_description) == (file.Description ?? "") ? _description : file.Description,
        Sequence = _sequence,
        Sha256 = _sha256,
        RegisteredBefore = _registered,
        Metadata = _metadata ?? file.Metadata,
    };

    private static bool Is(object? value) => value is not null;

    // 1 folder/file.tif
    private static SafRegistered? Registered(string value) =>
        value.Split(' ', 2) is [var store, var path] && int.TryParse(store, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && SafNames.Normalise(SafEscapes.Unescape(path), out _) is { Length: > 0 } clean
            ? new(number, clean)
            : null;

    private static IReadOnlyList<MetadataValue>? Metadata(string value)
    {
        try
        {
            var read = MetadataJson.Read(SafEscapes.Unescape(value));
            return read.All(one => one is { Field: not null, Value: not null }) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
