using AdminPortal.Domain.Items;
using AdminPortal.Domain.Storage;
using Microsoft.AspNetCore.Antiforgery;

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

    // The body goes straight to the store. One that does not tell its length is cut off where the limit is.
    private static async Task<IResult> ReceiveAsync(HttpContext context, UploadService uploads, UploadGate gate, IAntiforgery antiforgery, string? name, CancellationToken cancellationToken)
    {
        await antiforgery.RequireOwnPageAsync(context);
        gate.Require(context.Request.ContentLength);
        context.LimitBody(gate.MaxBytes);
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
