using AdminPortal.Domain.Common;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace AdminPortal.Web.Endpoints;

/// <summary>What requests that bring files have in common.</summary>
internal static class UploadRequests
{
    /// <summary>Refuses a request with a session's cookie that another site may have made a browser send. A token needs no such proof.</summary>
    public static async Task RequireOwnPageAsync(this IAntiforgery antiforgery, HttpContext context)
    {
        if (context.User.Identity?.AuthenticationType != Auth.TokenAuthentication.Scheme && !await antiforgery.IsRequestValidAsync(context))
        {
            throw new PortalException("The upload did not come from one of our pages. Reload the page and send the file again.");
        }
    }

    /// <summary>Sets how many bytes a body may have, in place of the server's 30 MB; null for any number.</summary>
    public static void LimitBody(this HttpContext context, long? bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytes;
        }
    }
}
