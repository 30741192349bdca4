using AdminPortal.Domain.Items;
using AdminPortal.Domain.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace AdminPortal.Web.Endpoints;

/// <summary>Files in and out: packages sent to the portal, and files of items.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this WebApplication app)
    {
        var api = app.MapGroup("/api");
        api.MapPost("/uploads", ReceiveAsync)
            .WithName("upload").WithSummary("Sends a package; the body is the file, the query's name its name.")
            .Accepts<Stream>("application/octet-stream", "*/*").DisableAntiforgery();
        api.MapGet("/bitstreams/{id:guid}/content", DownloadAsync).WithName("download").WithSummary("Downloads a file of an item.");
    }

    // The size is bounded by the disk alone: the body goes straight to the store.
    private static async Task<IResult> ReceiveAsync(HttpContext context, UploadService uploads, IAntiforgery antiforgery, string? name, CancellationToken cancellationToken)
    {
        if (context.User.Identity?.AuthenticationType != Auth.TokenAuthentication.Scheme && !await antiforgery.IsRequestValidAsync(context))
        {
            return Results.Problem("The upload did not come from one of our pages. Reload the page and send the file again.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var given = name ?? Uri.UnescapeDataString(context.Request.Headers["X-File-Name"].ToString());
        var upload = await uploads.ReceiveAsync(given, context.Request.Body, cancellationToken);
        return Results.Created($"/api/uploads/{upload.Id}", new { upload.Id, upload.Name, upload.Size, upload.Sha256 });
    }

    private static async Task<IResult> DownloadAsync(Guid id, BitstreamService bitstreams, CancellationToken cancellationToken)
    {
        var (bitstream, content) = await bitstreams.OpenAsync(id, cancellationToken);

        // Never rendered by the browser within our origin, whatever an item's file claims to be.
        return Results.File(
            content, bitstream.Format?.MimeType ?? "application/octet-stream", Path.GetFileName(bitstream.Name), enableRangeProcessing: true,
            entityTag: new($"\"{bitstream.Sha256}\""));
    }
}
