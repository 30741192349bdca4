using System.Globalization;
using AdminPortal.Domain.Storage;
using Microsoft.AspNetCore.Antiforgery;

namespace AdminPortal.Web.Endpoints;

/// <summary>
/// Packages that are sent in several goes, by the tus protocol. Announcing one asks for a curator; from then on its address, which nobody can
/// guess, is all that is asked for, so that sending goes on when the session has ended.
/// </summary>
internal static class ResumableUploadEndpoints
{
    private const string Collection = "/api/uploads/resumable";

    public static void MapResumableUploads(this WebApplication app)
    {
        var all = app.MapGroup(Collection).WithTags("uploads").AddEndpointFilter(SpeakAsync).DisableAntiforgery();
        all.MapPost("/", CreateAsync).WithSummary("Announces a package that is sent in several goes, by the tus protocol 1.0.0.");
        all.MapMethods("/", [HttpMethods.Options], Describe).AllowAnonymous().ExcludeFromDescription();
        var one = all.MapGroup("/{id:guid}/{secret}").AllowAnonymous().ExcludeFromDescription();
        one.MapMethods("/", [HttpMethods.Options], Describe);
        one.MapMethods("/", [HttpMethods.Head], ShowAsync);
        one.MapPatch("/", AppendAsync);
        one.MapDelete("/", DeleteAsync);
        one.MapPost("/", OverrideAsync);
    }

    // Each request says which version it speaks, each answer which we speak. An answer to a refusal is begun anew, so this waits for its start.
    private static async ValueTask<object?> SpeakAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var (request, response) = (invocation.HttpContext.Request, invocation.HttpContext.Response);
        var understood = HttpMethods.IsOptions(request.Method) || request.Headers["Tus-Resumable"] == TusHeaders.Version;
        response.OnStarting(() =>
        {
            response.Headers["Tus-Resumable"] = TusHeaders.Version;
            if (!understood)
            {
                response.Headers["Tus-Version"] = TusHeaders.Version;
            }

            return Task.CompletedTask;
        });
        return understood
            ? await next(invocation)
            : Results.Problem($"This speaks the tus protocol. Send the header Tus-Resumable: {TusHeaders.Version}.", statusCode: StatusCodes.Status412PreconditionFailed);
    }

    private static IResult Describe(HttpResponse response, UploadGate gate)
    {
        response.Headers["Tus-Version"] = TusHeaders.Version;
        response.Headers["Tus-Extension"] = TusHeaders.Extensions;
        response.Headers["Tus-Checksum-Algorithm"] = TusHeaders.ChecksumAlgorithms;
        if (gate.MaxBytes is { } most)
        {
            response.Headers["Tus-Max-Size"] = most.ToString(CultureInfo.InvariantCulture);
        }

        return Results.NoContent();
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, PartialUploadService uploads, PartialUploadWriter writer, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        await antiforgery.RequireOwnPageAsync(context);
        var length = TusHeaders.ReadLength(context.Request);
        var name = TusHeaders.ReadName(context.Request) ?? "";
        var metadata = context.Request.Headers["Upload-Metadata"].ToString();
        var (upload, secret) = await uploads.CreateAsync(name, length, metadata is "" ? null : metadata, cancellationToken);
        if (length == 0)
        {
            await writer.AppendAsync(upload.Id, secret, 0, Stream.Null, null, cancellationToken);
        }

        TusHeaders.Write(context.Response, upload);
        return Results.Created($"{Collection}/{upload.Id}/{secret}", new { upload.Id, upload.Name, Size = length });
    }

    private static async Task<IResult> ShowAsync(
        Guid id, string secret, HttpContext context, PartialUploadService uploads, PartialUploadWriter writer, CancellationToken cancellationToken)
    {
        var upload = await uploads.GetAsync(id, secret, cancellationToken);
        if (upload.Offset == upload.Length && upload.Finished is null)
        {
            // A node was killed between the last byte and the end; the sender has nothing left to send, so nobody else would ask for it.
            var ended = await writer.AppendAsync(id, secret, upload.Offset, Stream.Null, null, cancellationToken);
            if (ended.Upload is null)
            {
                return Answer(context.Response, ended);
            }

            upload = ended.Upload;
        }

        TusHeaders.Write(context.Response, upload);
        context.Response.Headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        if (upload.Metadata is not null)
        {
            context.Response.Headers["Upload-Metadata"] = upload.Metadata;
        }

        return Results.Ok();
    }

    private static async Task<IResult> AppendAsync(
        Guid id, string secret, HttpContext context, PartialUploadService uploads, PartialUploadWriter writer, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (request.ContentType != TusHeaders.PatchType)
        {
            return Results.Problem($"The body's type must be {TusHeaders.PatchType}.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        var (offset, checksum) = (TusHeaders.ReadBytes(request, "Upload-Offset"), TusHeaders.ReadChecksum(request));
        var upload = await uploads.GetAsync(id, secret, cancellationToken);
        if (offset == upload.Offset && request.ContentLength > upload.Length - offset)
        {
            return Answer(context.Response, new(AppendOutcome.TooMany, upload));
        }

        context.LimitBody(null);
        return Answer(context.Response, await writer.AppendAsync(id, secret, offset, request.Body, checksum, cancellationToken));
    }

    private static async Task<IResult> DeleteAsync(Guid id, string secret, PartialUploadService uploads, HttpResponse response, CancellationToken cancellationToken) =>
        await uploads.DeleteAsync(id, secret, cancellationToken) ? Results.NoContent() : Answer(response, new(AppendOutcome.Busy, null));

    // The protocol's way round proxies that let only GET and POST pass.
    private static Task<IResult> OverrideAsync(
        Guid id, string secret, HttpContext context, PartialUploadService uploads, PartialUploadWriter writer, CancellationToken cancellationToken) =>
        context.Request.Headers["X-HTTP-Method-Override"].ToString() switch
        {
            "PATCH" => AppendAsync(id, secret, context, uploads, writer, cancellationToken),
            "HEAD" => ShowAsync(id, secret, context, uploads, writer, cancellationToken),
            "DELETE" => DeleteAsync(id, secret, uploads, context.Response, cancellationToken),
            _ => Task.FromResult(Results.Problem("Send PATCH, HEAD or DELETE here.", statusCode: StatusCodes.Status405MethodNotAllowed)),
        };

    private static IResult Answer(HttpResponse response, AppendResult result)
    {
        if (result.Upload is { } upload)
        {
            TusHeaders.Write(response, upload);
        }

        return result.Outcome switch
        {
            AppendOutcome.Appended => Results.NoContent(),
            AppendOutcome.WrongOffset => Results.Problem("The upload stands elsewhere. Ask by HEAD where, and go on there.", statusCode: StatusCodes.Status409Conflict),
            AppendOutcome.WrongChecksum => Results.Problem("The bytes do not match their checksum, so none was taken. Send them again.", statusCode: 460),
            AppendOutcome.TooMany => Results.Problem("These are more bytes than the upload has left.", statusCode: StatusCodes.Status413PayloadTooLarge),
            _ => Results.Problem("Bytes of this upload are being received at this moment. Try again in a few seconds.", statusCode: StatusCodes.Status423Locked),
        };
    }
}
