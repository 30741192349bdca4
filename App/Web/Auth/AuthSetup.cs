using System.Security.Claims;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Oai.Provider;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AdminPortal.Web.Auth;

internal static class AuthSetup
{
    private const string CookieOrToken = "CookieOrToken";

    /// <summary>Adds sign-in by cookie for people and by token for scripts. Whatever does not say otherwise is for signed-in people only.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        new IdentityBuilder(typeof(EPerson), services).AddSignInManager().AddClaimsPrincipalFactory<EPersonClaims>();
        services.AddAuthentication(CookieOrToken)
            .AddPolicyScheme(CookieOrToken, null, scheme => scheme.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? TokenAuthentication.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<TokenOptions, TokenAuthentication>(TokenAuthentication.Scheme, null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Configure));

        // A changed role or password reaches open sessions within this time.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(nameof(Role.Administrator), policy => policy.RequireRole(nameof(Role.Administrator)))
            .AddPolicy(nameof(Role.Curator), policy => policy.RequireRole(nameof(Role.Administrator), nameof(Role.Curator)));
        services.AddCascadingAuthenticationState();
        services.AddDataProtection().SetApplicationName("AdminPortal");
        return services
            .AddSingleton<IConfigureOptions<KeyManagementOptions>, DatabaseKeyRing>()
            .AddSingleton<ITokenSeal, ProtectedTokens>()
            .AddScoped<AuthenticationStateProvider, CircuitSession>()
            .AddScoped<CircuitHandler, CallerCircuit>();
    }

    /// <summary>Tells the services of each request on whose behalf they act.</summary>
    public static IApplicationBuilder UseCaller(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.User.ActAs(context.RequestServices.GetRequiredService<Caller>());
        return next(context);
    });

    /// <summary>Makes the caller this person, or a visitor when nobody is signed in.</summary>
    public static void ActAs(this ClaimsPrincipal principal, Caller caller)
    {
        if (Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) && Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role))
        {
            caller.Become(id, principal.Identity!.Name!, role);
        }
        else
        {
            caller.BecomeVisitor();
        }
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/no-access";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Cookie.Name = "portal-session";
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        var (signIn, denied) = (cookie.Events.OnRedirectToLogin, cookie.Events.OnRedirectToAccessDenied);
        cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized, signIn);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden, denied);
    }

    // A script is told by the status; only a browser is sent to a page.
    private static Task Answer(
        RedirectContext<CookieAuthenticationOptions> context, int status, Func<RedirectContext<CookieAuthenticationOptions>, Task> redirect)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            return redirect(context);
        }

        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
