using AdminPortal.Domain.Data;
using AdminPortal.Web.Auth;
using AdminPortal.Web.Components;
using AdminPortal.Web.Endpoints;
using AdminPortal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.FileProviders;
using Radzen;

namespace AdminPortal.Web;

/// <summary>Pages, endpoints and what every request passes.</summary>
internal static class WebSetup
{
    public static IServiceCollection AddPortalUi(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.DetailedErrors = false);
        services.AddRadzenComponents();
        services.AddRadzenCookieThemeService(theme =>
        {
            theme.Name = "portal-theme";
            theme.Duration = TimeSpan.FromDays(365);
        });
        services.AddHttpContextAccessor();
        services.AddScoped<ProcessFiles>().AddScoped<ProcessQuery>();
        services.AddSingleton<OaiGate>().AddScoped<OaiAnswers>();
        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.AddProblemDetails().AddExceptionHandler<PortalExceptionHandler>();
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.AddOpenApi();
        services.AddAntiforgery(antiforgery => antiforgery.HeaderName = "X-Antiforgery-Token");
        services.AddHealthChecks().AddDbContextCheck<PortalDb>();
        return services;
    }

    public static void UsePortalPipeline(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // At the last moment, because a fault clears what was set before it.
            context.Response.OnStarting(Secure, context.Response.Headers);
            return next(context);
        });
        app.UseExceptionHandler("/error");
        app.UseStaticFiles();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot-assets")),
            RequestPath = "/assets",
        });

        // Scripts get problem details. A form that is posted cannot be answered by another page: that page would check the form again.
        app.UseWhen(context => !IsPage(context.Request), api => api.UseStatusCodePages());
        app.UseWhen(context => IsPage(context.Request), pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        // Harvests are public, so their length gives nothing away that compression must not.
        app.UseWhen(context => context.Request.Path.StartsWithSegments(OaiEndpoints.Path), oai => oai.UseResponseCompression());
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCaller();
        app.UseAntiforgery();
    }

    public static void MapPortalUi(this WebApplication app)
    {
        app.MapBlazorScript();
        app.MapOpenApi().AllowAnonymous();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        app.MapSignOut();

        // Blazor would add a second policy of its own; ours is stricter.
        var pages = app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);

        // Blazor's script asks for this list on every page, before anybody has signed in too.
        pages.Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } pattern } && pattern.Contains("_blazor/initializers", StringComparison.Ordinal))
            {
                endpoint.Metadata.Add(new AllowAnonymousAttribute());
            }
        });
    }

    private static Task Secure(object response)
    {
        var headers = (IHeaderDictionary)response;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentSecurityPolicy =
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; form-action 'self'; base-uri 'self'";
        return Task.CompletedTask;
    }

    private static bool IsPage(HttpRequest request) => HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api");
}
