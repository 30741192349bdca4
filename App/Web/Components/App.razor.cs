using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Radzen;

namespace AdminPortal.Web.Components;

/// <summary>The document around every page. Pages that set cookies (sign-in) are rendered on the server alone; all others live in a circuit, without prerendering.</summary>
public sealed partial class App
{
    private static readonly IComponentRenderMode _circuit = new InteractiveServerRenderMode(prerender: false);
    private static readonly IComponentRenderMode _prerenderedCircuit = new InteractiveServerRenderMode();

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    private IComponentRenderMode? RenderModeForPage => HttpContext.AcceptsInteractiveRouting() ? _circuit : null;

    // The style sheet comes with the document, so that no page flashes up without it.
    private IComponentRenderMode? RenderModeForTheme => HttpContext.AcceptsInteractiveRouting() ? _prerenderedCircuit : null;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (HttpContext.Request.Cookies["portal-theme"] is { } theme)
        {
            ThemeService.SetTheme(theme, false);
        }
    }
}
