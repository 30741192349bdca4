namespace AdminPortal.Domain.Common;

/// <summary>A table that is written into a file while it is read.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Columns">Its columns, at most 26.</param>
/// <param name="Rows">Its rows, read as they are asked for. A value is text, a whole number, or null for an empty cell.</param>
public sealed record Table(string Name, IReadOnlyList<TableColumn> Columns, IAsyncEnumerable<IReadOnlyList<object?>> Rows);

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Width">How wide a spreadsheet shows it, in characters.</param>
public sealed record TableColumn(string Name, double Width);

/// <summary>The forms in which tables are written.</summary>
public enum TableFormat
{
    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>A spreadsheet.</summary>
    Xlsx,
}

/// <summary>Writes tables as files.</summary>
public static class TableFile
{
    /// <summary>The form that a word such as <c>csv</c> means; case does not matter.</summary>
    /// <exception cref="PortalException">None.</exception>
    public static TableFormat ParseFormat(string word) => Enum.TryParse<TableFormat>(word, ignoreCase: true, out var format) && Enum.IsDefined(format) && !int.TryParse(word, out _)
        ? format
        : throw new PortalException($"A table cannot be written as \"{word}\". Use csv or xlsx.");

    /// <summary>What a file is to a browser.</summary>
    public static string MediaTypeOf(TableFormat format) => format == TableFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Writes a table. Memory does not depend on its length.</summary>
    /// <param name="table">The table.</param>
    /// <param name="format">How to write it.</param>
    /// <param name="output">Any stream; it need not be able to seek, and is only written to asynchronously.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static Task WriteAsync(Table table, TableFormat format, Stream output, CancellationToken cancellationToken) =>
        format == TableFormat.Csv ? CsvFile.WriteAsync(table, output, cancellationToken) : XlsxFile.WriteAsync(table, output, cancellationToken);
}
