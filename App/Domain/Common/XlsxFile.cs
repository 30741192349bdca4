using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AdminPortal.Domain.Common;

/// <summary>
/// Writes tables as spreadsheets (Office Open XML, ECMA-376), each sheet with a filter over its headings. A table that is longer than a sheet can be goes on in the next one.
/// The SDK writes the parts; its own packages keep every part in memory until they are closed, so the ZIP around the parts is written here.
/// </summary>
public static partial class XlsxFile
{
    /// <summary>Rows of the longest sheet, with its headings.</summary>
    public const int MostRows = 1_048_576;

    // Characters of the longest cell.
    private const int LongestCell = 32_767;

    private const int MostHeld = 1 << 16;
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const string Documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string ContentTypes = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Writes a table; see <see cref="TableFile.WriteAsync"/>.</summary>
    public static Task WriteAsync(Table table, Stream output, CancellationToken cancellationToken) => WriteAsync(table, MostRows, output, cancellationToken);

    /// <summary>Writes a table, into sheets of at most so many rows.</summary>
    internal static async Task WriteAsync(Table table, int mostRows, Stream output, CancellationToken cancellationToken)
    {
        await using var held = new HeldOutput(output);
        using (var zip = new ZipArchive(held, ZipArchiveMode.Create, leaveOpen: true))
        {
            var sheets = 0;
            await using var rows = table.Rows.GetAsyncEnumerator(cancellationToken);
            var more = await rows.MoveNextAsync();
            do
            {
                await using var part = Open(zip, $"xl/worksheets/sheet{++sheets}.xml");
                using var writer = OpenXmlWriter.Create(part, Encoding.UTF8);
                more = await WriteSheetAsync(writer, table.Columns, rows, more, mostRows, held, cancellationToken);
            }
            while (more);

            WriteFrame(zip, table.Name, sheets);
        }

        await held.FlushAsync(cancellationToken);
    }

    // From the row on that is read already, if there is one. Says whether there are more than the sheet has room for.
    private static async Task<bool> WriteSheetAsync(
        OpenXmlWriter writer, IReadOnlyList<TableColumn> columns, IAsyncEnumerator<IReadOnlyList<object?>> rows, bool more, int mostRows, HeldOutput held, CancellationToken cancellationToken)
    {
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new Columns(columns.Select((column, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = column.Width, CustomWidth = true })));
        writer.WriteStartElement(new SheetData());
        var row = 1;
        WriteRow(writer, row, columns.Select(column => column.Name));
        for (; more && row < mostRows; more = await rows.MoveNextAsync())
        {
            WriteRow(writer, ++row, rows.Current);
            if (held.Held > MostHeld)
            {
                await held.FlushAsync(cancellationToken);
            }
        }

        writer.WriteEndElement();
        writer.WriteElement(new AutoFilter { Reference = $"A1:{(char)('A' + columns.Count - 1)}{row}" });
        writer.WriteEndElement();
        return more;
    }

    private static void WriteRow(OpenXmlWriter writer, int number, IEnumerable<object?> cells)
    {
        writer.WriteStartElement(new Row { RowIndex = (uint)number });
        foreach (var cell in cells)
        {
            // Inline strings are never formulas, whatever they begin with.
            writer.WriteElement(cell is int or long
                ? new Cell { CellValue = new CellValue(Convert.ToString(cell, CultureInfo.InvariantCulture)!) }
                : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Escape((string?)cell ?? "")) { Space = SpaceProcessingModeValues.Preserve }) });
        }

        writer.WriteEndElement();
    }

    // What XML has no character for is written as _x0001_, and what looks like that with its underscore so (ECMA-376, part 1, 22.9.2.19, ST_Xstring).
    private static string Escape(string text)
    {
        var cut = text.Length <= LongestCell ? text : $"{text[..(LongestCell - 1)]}…";
        return Unwritable().Replace(cut, match => match.Length > 1 ? $"_x005F{match.Value}" : string.Create(CultureInfo.InvariantCulture, $"_x{(int)match.Value[0]:X4}_"));
    }

    private static void WriteFrame(ZipArchive zip, string name, int sheets)
    {
        var numbers = Enumerable.Range(1, sheets).ToList();
        using (var part = Open(zip, "xl/workbook.xml"))
        using (var writer = OpenXmlWriter.Create(part, Encoding.UTF8))
        {
            writer.WriteElement(new Workbook(new Sheets(numbers.Select(number => new Sheet { Name = number == 1 ? name : $"{name} {number}", SheetId = (uint)number, Id = $"rId{number}" }))));
        }

        Write(zip, "xl/_rels/workbook.xml.rels", Relationships(numbers.Select(number => ($"{Documents}/worksheet", $"worksheets/sheet{number}.xml"))));
        Write(zip, "_rels/.rels", Relationships([($"{Documents}/officeDocument", "xl/workbook.xml")]));
        Write(zip, "[Content_Types].xml",
            $"""
             <Types xmlns="{Packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{ContentTypes}.sheet.main+xml"/>{string.Concat(numbers.Select(number => $"<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{ContentTypes}.worksheet+xml\"/>"))}</Types>
             """);
    }

    private static string Relationships(IEnumerable<(string Type, string Target)> targets) =>
        $"<Relationships xmlns=\"{Packages}/relationships\">{string.Concat(targets.Select((to, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{to.Type}\" Target=\"{to.Target}\"/>"))}</Relationships>";

    private static Stream Open(ZipArchive zip, string part) => zip.CreateEntry(part, CompressionLevel.Fastest).Open();

    private static void Write(ZipArchive zip, string part, string xml)
    {
        using var writer = new StreamWriter(Open(zip, part), new UTF8Encoding(false));
        writer.Write($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{xml}");
    }

    [GeneratedRegex(@"_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex Unwritable();
}
