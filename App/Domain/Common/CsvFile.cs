using System.Buffers;
using System.Globalization;
using System.Text;

namespace AdminPortal.Domain.Common;

/// <summary>
/// Writes tables as comma-separated values (RFC 4180), in UTF-8 with a byte order mark: without one Excel takes every letter beyond ASCII for two others, and what
/// scripts read CSV with knows the mark (Python's <c>utf-8-sig</c>, pandas, R).
/// </summary>
public static class CsvFile
{
    private static readonly SearchValues<char> _toQuote = SearchValues.Create(",\"\r\n");

    // With these a spreadsheet lets a formula begin; the last four are the wide forms of the first.
    private const string FormulaSigns = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>Writes a table; see <see cref="TableFile.WriteAsync"/>.</summary>
    public static async Task WriteAsync(Table table, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);
        await writer.WriteAsync(Line(table.Columns.Select(column => (object?)column.Name)), cancellationToken);
        await foreach (var row in table.Rows.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync(Line(row), cancellationToken);
        }
    }

    private static ReadOnlyMemory<char> Line(IEnumerable<object?> cells) => $"{string.Join(',', cells.Select(Cell))}\r\n".AsMemory();

    private static string Cell(object? value)
    {
        var text = value is string plain ? Disarm(plain) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny(_toQuote) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    // A text that would be taken for a formula gets an apostrophe before it; so does one that begins like a text that got one, so that a script can take it off again.
    //   =HYPERLINK(…)  '=HYPERLINK(…)
    private static string Disarm(string text) => text.AsSpan().TrimStart('\'') is [var first, ..] && FormulaSigns.Contains(first) ? $"'{text}" : text;
}
