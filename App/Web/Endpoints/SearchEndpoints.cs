using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using AdminPortal.Web.Auth;

namespace AdminPortal.Web.Endpoints;

/// <summary>Search for scripts.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this WebApplication app)
    {
        var search = app.MapGroup("/api/search").WithTags("search");
        search.MapGet("/", SearchAsync).WithSummary("Lists the published items that a query in Lucene's syntax finds.");
        search.MapGet("/export", ExportAsync).WithSummary("Writes all published items that a query finds as CSV or as a spreadsheet.");
        search.MapGet("/count", CountAsync).WithSummary("Counts the published items that a query finds.");
        search.MapGet("/facets", FacetsAsync).WithSummary("Counts collections, types, authors, subjects and years of the items that a query finds.");
        search.MapGet("/explain", ExplainAsync).WithSummary("Says which parts of a query match an item, and why.");
        search.MapGet("/complete", CompleteAsync).WithSummary("Proposes what could stand where a query is being written.");
        search.MapPost("/index/check", CheckAsync).WithSummary("Compares the search index with the database, and repairs it.").DisableAntiforgery();
        search.MapGet("/fields", FieldsAsync).WithSummary("Lists the fields that queries can name.");
    }

    private static async Task<IResult> SearchAsync(
        ItemSearch search, CancellationToken cancellationToken, string q = "*:*", string sort = nameof(SearchSort.Relevance), int page = 0, int size = 20)
    {
        var take = Math.Clamp(size, 1, 1000);
        var skip = (int)Math.Min(int.MaxValue - take, Math.Max(0L, page) * take);
        var found = await search.SearchAsync(q, ParseSort(sort), new PageRequest(skip, take), cancellationToken);
        return Results.Ok(new
        {
            count = found.Count,
            took_ms = found.TookMs,
            page = skip / take,
            size = take,
            items = found.Items.Select(ItemJson.From),
            notices = found.Notices.Select(NoticeJson.From),
        });
    }

    private static async Task<IResult> ExportAsync(
        SearchExport export, CancellationToken cancellationToken, string q = "*:*", string sort = nameof(SearchSort.Relevance), string format = nameof(TableFormat.Csv))
    {
        var form = TableFile.ParseFormat(format);
        var table = await export.OpenAsync(q, ParseSort(sort), cancellationToken);
        return Results.Stream(output => TableFile.WriteAsync(table, form, output, cancellationToken), TableFile.MediaTypeOf(form), $"search.{form.ToString().ToLowerInvariant()}");
    }

    private static async Task<IResult> CountAsync(string q, ItemSearch search, CancellationToken cancellationToken)
    {
        var counted = await search.CountAsync(q, cancellationToken);
        return counted.Notices.Count == 0
            ? Results.Ok(new { count = counted.Count, took_ms = counted.TookMs })
            : Results.Ok(new { count = counted.Count, took_ms = counted.TookMs, notices = counted.Notices.Select(NoticeJson.From) });
    }

    private static async Task<IResult> FacetsAsync(ItemSearch search, CancellationToken cancellationToken, string q = "*:*", int size = 10) =>
        Results.Ok(await search.GetFacetsAsync(q, Math.Clamp(size, 1, 100), cancellationToken));

    private static async Task<IResult> ExplainAsync(string q, string item, ItemSearch search, CancellationToken cancellationToken) =>
        Results.Ok(await search.ExplainAsync(q, item, cancellationToken));

    private static async Task<IResult> CompleteAsync(string q, ItemSearch search, CancellationToken cancellationToken, int? caret = null) =>
        Results.Ok(await search.CompleteAsync(q, caret ?? q.Length, cancellationToken));

    private static async Task<IResult> FieldsAsync(SearchCatalogue catalogue, CancellationToken cancellationToken) =>
        Results.Ok((await catalogue.GetFieldsAsync(cancellationToken)).All.Select(field => new { field.Name, Type = field.Type.ToString().ToLowerInvariant(), field.About, field.Sources }));

    private static async Task<IResult> CheckAsync(IndexCheck check, HttpContext context, CancellationToken cancellationToken)
    {
        context.RequireToken();
        return Results.Ok(IndexCheckJson.From(await check.RunAsync(new Progress<long>(), cancellationToken)));
    }

    /// <summary>The order that a word such as <c>newest</c> means; case does not matter.</summary>
    /// <exception cref="PortalException">None.</exception>
    public static SearchSort ParseSort(string sort) => Enum.TryParse<SearchSort>(sort, ignoreCase: true, out var order) && Enum.IsDefined(order)
        ? order
        : throw new PortalException($"sort cannot be {sort}. Give one of {string.Join(", ", Enum.GetNames<SearchSort>()).ToLowerInvariant()}.");

    private sealed record ItemJson(Guid Id, string? Handle, string? Name, string? Issued, string? Collection, int Files, DateTimeOffset LastModified)
    {
        public static ItemJson From(ItemRow row) => new(row.Id, row.Handle, row.Title, row.Issued, row.Collection, row.Files, row.LastModified);
    }

    private sealed record NoticeJson(int Start, int End, string Message)
    {
        public static NoticeJson From(QueryNotice notice) => new(notice.Span.Start, notice.Span.End, notice.Message);
    }
}

/// <summary>What a check of the index has found and done, as scripts read it on the command line and over HTTP.</summary>
internal sealed record IndexCheckJson(long Compared, long Missing, long Surplus, long Different, long Repaired, bool Rebuilt)
{
    public static IndexCheckJson From(IndexCheckReport report) => new(report.Compared, report.Missing, report.Surplus, report.Different, report.Repaired, report.Rebuilt);
}
