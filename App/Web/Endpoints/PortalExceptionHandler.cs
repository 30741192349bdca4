using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Search;
using Microsoft.AspNetCore.Diagnostics;

namespace AdminPortal.Web.Endpoints;

/// <summary>Turns refusals, and faults that scripts meet, into problem details (RFC 9457). People are shown the page /error instead.</summary>
internal sealed partial class PortalExceptionHandler(IProblemDetailsService problems, ILogger<PortalExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var isRefusal = exception is PortalException or BadHttpRequestException;
        if (!isRefusal)
        {
            // The request's own path is by now that of the page for faults.
            var path = new PathString(context.Features.Get<IExceptionHandlerFeature>()?.Path);
            if (!path.StartsWithSegments("/api"))
            {
                return false;
            }

            logger.LogError(exception, "{Method} {Path} failed", context.Request.Method, NameOf(context, path));
        }

        if (exception is UnavailableException)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        context.Response.StatusCode = exception switch
        {
            NotFoundException => StatusCodes.Status404NotFound,
            ConflictException => StatusCodes.Status409Conflict,
            ForbiddenException => StatusCodes.Status403Forbidden,
            TooLargeException => StatusCodes.Status413PayloadTooLarge,
            QuerySyntaxException or UnusableException => StatusCodes.Status422UnprocessableEntity,
            UnavailableException => StatusCodes.Status503ServiceUnavailable,
            PortalException => StatusCodes.Status400BadRequest,
            BadHttpRequestException bad => bad.StatusCode,
            _ => StatusCodes.Status500InternalServerError,
        };
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails =
            {
                Status = context.Response.StatusCode,
                Detail = exception switch
                {
                    BadHttpRequestException bad => Explain(bad),
                    PortalException => exception.Message,
                    _ => "That is our fault, not yours; the node's log has the details.",
                },
                Extensions = exception is QuerySyntaxException fault
                    ? new Dictionary<string, object?> { ["line"] = fault.Line, ["column"] = fault.Column, ["start"] = fault.Span.Start, ["end"] = fault.Span.End }
                    : [],
            },
        });
    }

    // The address of a resumable upload is its key, which does not belong into a log.
    private static string NameOf(HttpContext context, PathString path) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Endpoint is RouteEndpoint { RoutePattern: { RawText: { } pattern } route } && route.GetParameter("secret") is not null
            ? pattern
            : path.Value!;

    // The framework's own sentences name types of our code, which mean nothing to who sent the request.
    private static string Explain(BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
        {
            return $"The body is not the JSON that is expected here: see {json.Path ?? "$"} in line {(json.LineNumber ?? 0) + 1}, byte {(json.BytePositionInLine ?? 0) + 1}. /openapi/v1.json describes it.";
        }

        if (bad.Message.StartsWith("Implicit body", StringComparison.Ordinal) || bad.Message.EndsWith("from body.", StringComparison.Ordinal))
        {
            return "The body is missing. Send the JSON that /openapi/v1.json describes.";
        }

        var parameter = ParameterPattern().Match(bad.Message);
        return !parameter.Success ? bad.Message
            : parameter.Groups["value"] is { Success: true, Value: var value } ? $"{parameter.Groups["name"].Value} cannot be {value}. /openapi/v1.json describes it."
            : $"{parameter.Groups["name"].Value} is missing or cannot be read. /openapi/v1.json describes it.";
    }

    [GeneratedRegex("""parameter "[^"]*?(?<name>\w+)"(?: from "(?<value>[^"]*)")?""")]
    private static partial Regex ParameterPattern();
}
