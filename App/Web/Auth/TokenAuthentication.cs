using System.Security.Claims;
using System.Text.Encodings.Web;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AdminPortal.Web.Auth;

/// <summary>Nothing to set.</summary>
internal sealed class TokenOptions : AuthenticationSchemeOptions;

/// <summary>Signs scripts in by <c>Authorization: Bearer TOKEN</c> (RFC 6750).</summary>
internal sealed class TokenAuthentication(IOptionsMonitor<TokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokenService tokens)
    : AuthenticationHandler<TokenOptions>(options, logger, encoder)
{
    public new const string Scheme = "Token";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString() is not ['B' or 'b', 'e', 'a', 'r', 'e', 'r', ' ', .. var token])
        {
            return AuthenticateResult.Fail("Only bearer tokens are understood.");
        }

        if (await tokens.AuthenticateAsync(token.Trim(), Context.RequestAborted) is not { } person)
        {
            return AuthenticateResult.Fail("The token is unknown, revoked or expired.");
        }

        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, person.Id.ToString()), new(ClaimTypes.Name, person.Email!), new(ClaimTypes.Role, person.Role.ToString())], Scheme);
        return AuthenticateResult.Success(new(new(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return base.HandleChallengeAsync(properties);
    }
}

/// <summary>Tells requests with a token from those of a browser's session.</summary>
internal static class TokenRequests
{
    /// <summary>Refuses a request that came with a cookie only: another site could have sent it.</summary>
    /// <exception cref="ForbiddenException">There is no token.</exception>
    public static void RequireToken(this HttpContext context)
    {
        if (context.User.Identity?.AuthenticationType != TokenAuthentication.Scheme)
        {
            throw new ForbiddenException("Send an API token with the request; the session of a browser does not do here.");
        }
    }
}
