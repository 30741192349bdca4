using AdminPortal.Domain.Review;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdminPortal.Web.Components.Layout;

/// <summary>The menu's entries about review, with how much waits; for those whom it concerns. Looks again when another page is shown, and now and then.</summary>
public sealed partial class ReviewMenu(ReviewPool pool, NavigationManager navigation, ILogger<ReviewMenu> logger)
{
    private static readonly TimeSpan _pulse = TimeSpan.FromSeconds(10);

    private ReviewGlance _glance = new(false, 0, false);

    private string Waiting => _glance.Waiting >= ReviewPool.ManyWaiting ? $"{ReviewPool.ManyWaiting - 1}+" : $"{_glance.Waiting}";

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        navigation.LocationChanged += LookAgain;
        PageLifetime.Register(() => navigation.LocationChanged -= LookAgain);
        _ = RepeatAsync(_pulse, LookAsync);
        return LookAsync();
    }

    private void LookAgain(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        await LookAsync();
        StateHasChanged();
    });

    private async Task LookAsync()
    {
        try
        {
            _glance = await pool.LookAsync(PageLifetime);
        }
        catch (Exception fault) when (!PageLifetime.IsCancellationRequested)
        {
            // No page is to fail because of its menu.
            logger.LogWarning(fault, "Could not count what waits for review");
        }
        catch (OperationCanceledException)
        {
            // The menu is gone.
        }
    }
}
