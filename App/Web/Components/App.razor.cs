using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Radzen;

namespace AdminPortal.Web.Components;

/// <summary>The document around every page. Pages that set cookies (sign-in) are rendered on the server alone; all others live in a circuit, without prerendering.</summary>
public sealed partial class App
{
    private static readonly IComponentRenderMode _circuit = new InteractiveServerRenderMode(prerender: false);

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    private IComponentRenderMode? RenderModeForPage => HttpContext.AcceptsInteractiveRouting() ? _circuit : null;

    // Unlike the page it is prerendered, so that the first thing seen has its colours.
    private IComponentRenderMode? RenderModeForTheme => HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (HttpContext.Request.Cookies["portal-theme"] is { } theme)
        {
            ThemeService.SetTheme(theme, false);
        }
    }
}
