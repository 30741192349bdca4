using AdminPortal.Domain.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace AdminPortal.Web.Endpoints;

/// <summary>Turns refusals into problem details (RFC 9457). Anything else is a fault and is logged by the pipeline.</summary>
internal sealed class PortalExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not (PortalException or BadHttpRequestException))
        {
            return false;
        }

        context.Response.StatusCode = exception switch
        {
            NotFoundException => StatusCodes.Status404NotFound,
            ConflictException => StatusCodes.Status409Conflict,
            ForbiddenException => StatusCodes.Status403Forbidden,
            BadHttpRequestException bad => bad.StatusCode,
            _ => StatusCodes.Status400BadRequest,
        };
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Detail = exception.Message, Status = context.Response.StatusCode },
        });
    }
}
