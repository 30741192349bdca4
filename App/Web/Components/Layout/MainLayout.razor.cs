using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Radzen;

namespace AdminPortal.Web.Components.Layout;

/// <summary>The frame of every page. On narrow screens the menu lies over the page and closes when it was used.</summary>
/// <param name="navigation">Says when another page is shown.</param>
/// <param name="themes">Keeps the chosen appearance in a cookie; listens from the moment it is made.</param>
public sealed partial class MainLayout(NavigationManager navigation, CookieThemeService themes) : IDisposable
{
    private bool _sidebar = true;
    private bool _narrow;
    private ElementReference _main;
    private ErrorBoundary? _boundary;

    /// <inheritdoc/>
    public void Dispose() => navigation.LocationChanged -= Leave;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        ArgumentNullException.ThrowIfNull(themes);
        navigation.LocationChanged += Leave;
    }

    private void Fit(bool narrow) => (_narrow, _sidebar) = (narrow, !narrow);

    private void Leave(object? sender, LocationChangedEventArgs change) => InvokeAsync(() =>
    {
        _sidebar &= !_narrow;
        _boundary?.Recover();
        StateHasChanged();
    });
}
