using System.Text;
using AdminPortal.Domain.Common;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Table = AdminPortal.Domain.Common.Table;
using TableColumn = AdminPortal.Domain.Common.TableColumn;

namespace AdminPortal.Tests.Domain.Common;

public sealed class TableFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_Csv_QuotesWhatNeedsItAndLeavesNoFormulas()
    {
        var table = Table(
            ["plain", "Über, \"quoted\"", "two\r\nlines", null],
            [42, 7_000_000_000L, "", "-5"],
            ["=1+1", "@SUM(A1)", "+1", "\tx"],
            ["'=1", "'t Hart", "－1", "a=b"]);

        var text = Encoding.UTF8.GetString(await WriteAsync(table, TableFormat.Csv));

        Assert.Equal(
            "\uFEFFa,b,c,d\r\n" +
            "plain,\"Über, \"\"quoted\"\"\",\"two\r\nlines\",\r\n" +
            "42,7000000000,,'-5\r\n" +
            "'=1+1,'@SUM(A1),'+1,'\tx\r\n" +
            "''=1,'t Hart,'－1,a=b\r\n",
            text);
    }

    [Fact]
    public async Task WriteAsync_Xlsx_IsASoundWorkbookThatHoldsWhatWasGiven()
    {
        var table = Table(["Über, \"quoted\" <b>", "two\nlines ", 42, null], ["=1+1", "\u0001\uFFFE\uD800", "_x0041_ _x41_", new string('x', 40_000)]);

        var sheets = Read(await WriteAsync(table, TableFormat.Xlsx));

        Assert.Equal("Things", sheets.Single().Name);
        Assert.Equal(["a", "b", "c", "d"], sheets[0].Rows[0]);
        Assert.Equal(["Über, \"quoted\" <b>", "two\nlines ", "42 (number)", ""], sheets[0].Rows[1]);
        Assert.Equal(["=1+1", "_x0001__xFFFE__xD800_", "_x005F_x0041_ _x41_", $"{new string('x', 32_766)}…"], sheets[0].Rows[2]);
    }

    [Theory]
    [InlineData(0, "Things: 0")]
    [InlineData(2, "Things: 2")]
    [InlineData(3, "Things: 2, Things 2: 1")]
    [InlineData(5, "Things: 2, Things 2: 2, Things 3: 1")]
    public async Task WriteAsync_MoreRowsThanASheetHolds_GoesOnInTheNext(int rows, string expected)
    {
        using var file = new MemoryStream();

        await XlsxFile.WriteAsync(Table([.. Enumerable.Range(1, rows).Select(row => new object?[] { row, "x", "y", "z" })]), 3, file, Token);

        var sheets = Read(file.ToArray());
        Assert.All(sheets, sheet => Assert.Equal(["a", "b", "c", "d"], sheet.Rows[0]));
        Assert.Equal(expected, string.Join(", ", sheets.Select(sheet => $"{sheet.Name}: {sheet.Rows.Count - 1}")));
    }

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Xlsx)]
    public async Task WriteAsync_ManyRows_HandsThemOnWhileTheyAreRead(TableFormat format)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 20_000).Select(row => (IReadOnlyList<object?>)[row, $"{random.NextInt64()}", $"{random.NextInt64()}", $"{random.NextInt64()}"]);
        await using var output = new WaitingOutput();

        await TableFile.WriteAsync(new("Things", Columns, rows.ToAsyncEnumerable()), format, output, Token);

        Assert.InRange(output.Bytes, 500_000, 5_000_000);
        Assert.InRange(output.Longest, 1, 300_000);
    }

    [Theory]
    [InlineData("csv", TableFormat.Csv)]
    [InlineData("XLSX", TableFormat.Xlsx)]
    public void ParseFormat_Known_IsRead(string word, TableFormat format) => Assert.Equal(format, TableFile.ParseFormat(word));

    [Theory]
    [InlineData("")]
    [InlineData("ods")]
    [InlineData("1")]
    public void ParseFormat_Unknown_IsRefused(string word) =>
        Assert.Equal($"A table cannot be written as \"{word}\". Use csv or xlsx.", Assert.Throws<PortalException>(() => TableFile.ParseFormat(word)).Message);

    private static TableColumn[] Columns => [new("a", 10), new("b", 10), new("c", 10), new("d", 10)];

    private static Table Table(params IReadOnlyList<object?>[] rows) => new("Things", Columns, rows.ToAsyncEnumerable());

    private static async Task<byte[]> WriteAsync(Table table, TableFormat format)
    {
        using var file = new MemoryStream();
        await TableFile.WriteAsync(table, format, file, Token);
        return file.ToArray();
    }

    private static List<(string Name, List<IReadOnlyList<string>> Rows)> Read(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(fault => fault.Description));
        var workbook = document.WorkbookPart!;
        return [.. workbook.Workbook.Descendants<Sheet>().Select(sheet => (sheet.Name!.Value!, Rows((WorksheetPart)workbook.GetPartById(sheet.Id!.Value!))))];
    }

    private static List<IReadOnlyList<string>> Rows(WorksheetPart part) =>
        [.. part.Worksheet.Descendants<Row>().Select(row => (IReadOnlyList<string>)[.. row.Elements<Cell>().Select(cell => cell.InlineString?.InnerText ?? $"{cell.CellValue!.Text} (number)")])];

    // As a server's answer: refuses whoever does not wait.
    private sealed class WaitingOutput : Stream
    {
        public long Bytes { get; private set; }

        public int Longest { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new NotSupportedException();

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (Bytes, Longest) = (Bytes + buffer.Length, Math.Max(Longest, buffer.Length));
            return ValueTask.CompletedTask;
        }
    }
}
