using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Search;

/// <summary>A query cannot be understood. The message says why and what to write instead; the place is that of the first fault.</summary>
public sealed class QuerySyntaxException(string query, QuerySpan span, string message) : PortalException(message)
{
    /// <summary>Where the fault is.</summary>
    public QuerySpan Span => span;

    /// <summary>The line of the fault, from 1.</summary>
    public int Line => 1 + Before.Count('\n');

    /// <summary>The column of the fault, from 1.</summary>
    public int Column => span.Start - Before.LastIndexOf('\n');

    /// <summary>The message with its place, for those who cannot see the query marked, e.g. <c>Line 1, column 7: …</c></summary>
    public string Placed => $"Line {Line}, column {Column}: {Message}";

    private ReadOnlySpan<char> Before => query.AsSpan(0, Math.Min(span.Start, query.Length));
}
