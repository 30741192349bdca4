namespace AdminPortal.Domain.Common;

/// <summary>One page of a list, cut in the database.</summary>
/// <param name="Rows">The rows of this page.</param>
/// <param name="Total">How many rows the whole list has.</param>
public sealed record Page<T>(IReadOnlyList<T> Rows, long Total);

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Skip">Rows before the page, from 0.</param>
/// <param name="Take">Rows in the page, 1 to 1000.</param>
/// <param name="Sort">The column to sort by, one of those the list names; null for its default.</param>
/// <param name="Descending">Whether the largest value comes first.</param>
public sealed record PageRequest(int Skip = 0, int Take = 50, string? Sort = null, bool Descending = false);
