using AdminPortal.Domain.Common;
using AdminPortal.Domain.Review;
using AdminPortal.Web.Auth;

namespace AdminPortal.Web.Endpoints;

/// <summary>Review for scripts.</summary>
internal static class ReviewEndpoints
{
    public static void MapReviews(this WebApplication app)
    {
        var reviews = app.MapGroup("/api/reviews").WithTags("reviews");
        reviews.MapGet("/", ListAsync).WithSummary("Lists the items that wait for review, what has waited longest first.");
        reviews.MapPost("/{itemId:guid}/approve", ApproveAsync).WithSummary("Archives an item that waits for review.").DisableAntiforgery();
        reviews.MapPost("/{itemId:guid}/reject", RejectAsync).WithSummary("Gives an item back to its submitter, with a reason.").DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(ReviewPool pool, CancellationToken cancellationToken, string? collection = null, int page = 0, int size = 20)
    {
        var take = Math.Clamp(size, 1, 1000);
        var skip = (int)Math.Min(int.MaxValue, Math.Max(0L, page) * take);
        var found = await pool.ListAsync(collection, new PageRequest(skip, take), cancellationToken);
        return Results.Ok(new { total = found.Total, reviews = found.Rows.Select(ReviewJson.From) });
    }

    private static async Task<IResult> ApproveAsync(Guid itemId, ReviewService reviews, HttpContext context, CancellationToken cancellationToken)
    {
        context.RequireToken();
        await reviews.ApproveAsync(itemId, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RejectAsync(Guid itemId, Rejection rejection, ReviewService reviews, HttpContext context, CancellationToken cancellationToken)
    {
        context.RequireToken();
        await reviews.RejectAsync(itemId, rejection.Reason, cancellationToken);
        return Results.NoContent();
    }

    /// <summary>A rejection over HTTP.</summary>
    /// <param name="Reason">Why, for the submitter.</param>
    internal sealed record Rejection(string? Reason);
}

/// <summary>An item that waits for review, as scripts read it on the command line and over HTTP.</summary>
internal sealed record ReviewJson(
    Guid Item, string? Title, string Collection, string? Submitter, DateTimeOffset Submitted, int Files, string? TakenBy, DateTimeOffset? Taken, string? Reason, string? WishedHandle)
{
    public static ReviewJson From(ReviewRow row) => new(
        row.ItemId, row.Title, row.CollectionHandle, row.Submitter, row.Submitted, row.Files, row.ClaimedBy, row.Claimed, row.Reason, row.WishedHandle);
}
