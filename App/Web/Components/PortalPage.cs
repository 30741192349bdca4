using AdminPortal.Domain.Common;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components;

/// <summary>What all pages share: a token that ends with the page, and one way to show a refusal.</summary>
public abstract class PortalPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _lifetime = new();

    /// <summary>Begins the page's life.</summary>
    protected PortalPage() => PageLifetime = _lifetime.Token;

    /// <summary>Shows refusals.</summary>
    [Inject]
    protected NotificationService Notifications { get; set; } = null!;

    /// <summary>Ends with the page.</summary>
    protected CancellationToken PageLifetime { get; }

    /// <summary>Does something; when it is refused, the person reads why. Says whether it was done.</summary>
    protected async Task<bool> AttemptAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (PortalException refusal)
        {
            Notifications.Notify(NotificationSeverity.Error, "Not done", refusal.Message, duration: 10_000);
            return false;
        }
        catch (OperationCanceledException) when (PageLifetime.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Calls the action now and then, on the page's own thread, until the page ends.</summary>
    protected async Task RepeatAsync(TimeSpan interval, Func<Task> action)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(PageLifetime))
            {
                await InvokeAsync(async () =>
                {
                    await action();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
        GC.SuppressFinalize(this);
    }
}
