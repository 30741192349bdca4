using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>One line of a mapfile.</summary>
/// <param name="Item">The item's directory in the package.</param>
/// <param name="Identifier">What it became: a handle, or the item's id while it has none.</param>
public readonly record struct MapfileLine(string Item, string Identifier);

/// <summary>
/// Reads and writes mapfiles as DSpace does, a line for each item: <c>item_000 123456789/42</c>. Only where the directory's name
/// has white space, which DSpace could not read back, a TAB separates the two.
/// </summary>
public static class Mapfile
{
    /// <summary>The line for one item, without its end.</summary>
    public static string Format(string item, string identifier) => $"{item}{(item.Any(char.IsWhiteSpace) ? '\t' : ' ')}{identifier}";

    /// <summary>Writes one line, ended by LF.</summary>
    public static async Task WriteAsync(TextWriter writer, MapfileLine line, CancellationToken cancellationToken) =>
        await writer.WriteAsync($"{Format(line.Item, line.Identifier)}\n".AsMemory(), cancellationToken);

    /// <summary>The lines in order; of several for one directory only the last. Blank lines do not matter; broken ones are found and left out.</summary>
    public static (IReadOnlyList<MapfileLine> Lines, IReadOnlyList<Finding> Findings) Parse(string text)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var lines = new List<MapfileLine>();
        var findings = new List<Finding>();
        foreach (var (number, raw) in SafText.Lines(text.TrimStart('\uFEFF')))
        {
            if (Split(raw) is not { } line)
            {
                findings.Add(new Finding
                {
                    Severity = Severity.Error,
                    File = "mapfile",
                    Line = number,
                    Message = $"Line {number} of the mapfile is not a directory and a handle or id: {raw.Trim()}",
                    Remedy = "Write them with a space between, or a TAB where the directory's name has spaces.",
                });
            }
            else if (places.TryGetValue(line.Item, out var place))
            {
                lines[place] = line;
            }
            else
            {
                places.Add(line.Item, lines.Count);
                lines.Add(line);
            }
        }

        return (lines, findings);
    }

    private static MapfileLine? Split(string raw)
    {
        var tab = raw.LastIndexOf('\t');
        var parts = tab > 0 ? new[] { raw[..tab], raw[(tab + 1)..].Trim() } : raw.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts is [{ Length: > 0 } item, var identifier, ..] && (HandleFile.IsHandle(identifier) || Guid.TryParse(identifier, out _))
            ? new MapfileLine(item, identifier)
            : null;
    }
}
