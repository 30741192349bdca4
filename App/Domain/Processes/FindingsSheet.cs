using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AdminPortal.Domain.Processes;

/// <summary>Writes findings as a spreadsheet, to be sent to whoever made the package. Rows are streamed.</summary>
public static class FindingsSheet
{
    private static readonly string[] _headings = ["Severity", "Item", "File", "Line", "Field", "Message", "Remedy"];
    private static readonly double[] _widths = [10, 24, 24, 8, 28, 80, 80];

    /// <summary>Writes the workbook (OOXML, one sheet with a filter over its headings).</summary>
    /// <param name="findings">The rows.</param>
    /// <param name="output">A stream that can seek, e.g. a temporary file.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async Task WriteAsync(IAsyncEnumerable<ProcessFinding> findings, Stream output, CancellationToken cancellationToken)
    {
        using var document = SpreadsheetDocument.Create(output, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        var sheet = workbook.AddNewPart<WorksheetPart>();
        uint row = 1;
        using (var writer = OpenXmlWriter.Create(sheet))
        {
            writer.WriteStartElement(new Worksheet());
            writer.WriteElement(new Columns(_widths.Select((width, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true })));
            writer.WriteStartElement(new SheetData());
            WriteRow(writer, row, _headings);
            await foreach (var finding in findings.WithCancellation(cancellationToken))
            {
                WriteRow(writer, ++row, [finding.Severity.ToString(), finding.Item, finding.File, finding.Line?.ToString(CultureInfo.InvariantCulture), finding.Field, finding.Message, finding.Remedy]);
            }

            writer.WriteEndElement();
            writer.WriteElement(new AutoFilter { Reference = $"A1:G{row}" });
            writer.WriteEndElement();
        }

        workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = "Findings", SheetId = 1, Id = workbook.GetIdOfPart(sheet) }));
    }

    private static void WriteRow(OpenXmlWriter writer, uint number, ReadOnlySpan<string?> cells)
    {
        writer.WriteStartElement(new Row { RowIndex = number });
        foreach (var cell in cells)
        {
            // Inline strings are never formulas, whatever they begin with.
            writer.WriteElement(new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(cell ?? "") { Space = SpaceProcessingModeValues.Preserve }) });
        }

        writer.WriteEndElement();
    }
}
