using System.Globalization;
using System.Text;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Writes and reads the arguments of a request byte by byte, because repeated and badly encoded ones must be sent as they are.</summary>
internal static class RawQuery
{
    /// <summary>A request, e.g. <c>verb=ListRecords&amp;metadataPrefix=oai_dc</c>; arguments without a value are left out.</summary>
    public static string Of(string verb, params IEnumerable<(string Name, string? Value)> arguments) =>
        string.Join('&', [$"verb={verb}", .. arguments.Where(argument => argument.Value is not null).Select(argument => $"{argument.Name}={Uri.EscapeDataString(argument.Value!)}")]);

    /// <summary>A value of which every byte is encoded: <c>%6F%61%69</c> for <c>oai</c>.</summary>
    public static string EncodeFully(string value) => string.Concat(Encoding.UTF8.GetBytes(value).Select(b => $"%{b:X2}"));

    /// <summary>The arguments as a provider reads them.</summary>
    public static IReadOnlyList<(string Name, string Value)> Read(string? raw) =>
        [.. (raw ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Select(part => (Decode(part[0]), part.Length == 2 ? Decode(part[1]) : ""))];

    // Form encoding: a plus is a blank. Bytes that are no UTF-8 become replacement characters.
    private static string Decode(string text)
    {
        List<byte> bytes = [];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i] == '+' ? " " : text[i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
