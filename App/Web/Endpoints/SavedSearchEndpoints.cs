using AdminPortal.Domain.Common;
using AdminPortal.Domain.Search;
using AdminPortal.Web.Auth;

namespace AdminPortal.Web.Endpoints;

/// <summary>Saved searches for scripts.</summary>
internal static class SavedSearchEndpoints
{
    public static void MapSavedSearches(this WebApplication app)
    {
        var saved = app.MapGroup("/api/search/saved").WithTags("search");
        saved.MapGet("/", ListAsync).WithSummary("Lists the caller's saved searches and those that are shared, by name.");
        saved.MapPost("/", CreateAsync).WithSummary("Saves a query under a name.").DisableAntiforgery();
        saved.MapPut("/{id:guid}/shared", ShareAsync).WithSummary("Lets everybody see a saved search, or its owner alone; for administrators.").DisableAntiforgery();
        saved.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Deletes a saved search.").DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(SavedSearchService searches, CancellationToken cancellationToken, int page = 0, int size = 20)
    {
        var take = Math.Clamp(size, 1, 1000);
        var found = await searches.ListAsync(new PageRequest((int)Math.Min(int.MaxValue, Math.Max(0L, page) * take), take), cancellationToken);
        return Results.Ok(new { total = found.Total, searches = found.Rows.Select(SavedSearchJson.From) });
    }

    private static async Task<IResult> CreateAsync(NewSearch search, SavedSearchService searches, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        context.RequireToken();
        var saved = await searches.CreateAsync(search.Name ?? "", search.Query ?? "", SearchEndpoints.ParseSort(search.Sort ?? nameof(SearchSort.Relevance)), search.Shared, cancellationToken);
        return Results.Json(SavedSearchJson.From(new(saved, caller.Name, true)), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ShareAsync(Guid id, Sharing sharing, SavedSearchService searches, HttpContext context, CancellationToken cancellationToken)
    {
        context.RequireToken();
        await searches.ShareAsync(id, sharing.Shared, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAsync(Guid id, SavedSearchService searches, HttpContext context, CancellationToken cancellationToken)
    {
        context.RequireToken();
        await searches.DeleteAsync(id, cancellationToken);
        return Results.NoContent();
    }

    /// <summary>A search to be saved over HTTP.</summary>
    /// <param name="Name">What to call it.</param>
    /// <param name="Query">The query.</param>
    /// <param name="Sort">In which order to show items; by relevance unless given.</param>
    /// <param name="Shared">Whether everybody is to see it; for administrators.</param>
    internal sealed record NewSearch(string? Name, string? Query, string? Sort = null, bool Shared = false);

    /// <summary>Who sees a search.</summary>
    /// <param name="Shared">Whether everybody does.</param>
    internal sealed record Sharing(bool Shared);
}

/// <summary>A saved search, as scripts read it on the command line and over HTTP.</summary>
internal sealed record SavedSearchJson(Guid Id, string Name, string Query, string Sort, string Owner, bool Shared, DateTimeOffset Created)
{
    public static SavedSearchJson From(SavedSearchRow row) =>
        new(row.Search.Id, row.Search.Name, row.Search.Query, row.Search.Sort.ToString().ToLowerInvariant(), row.Owner, row.Search.Shared, row.Search.Created);
}
