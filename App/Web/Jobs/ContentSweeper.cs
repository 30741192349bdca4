using AdminPortal.Domain.Storage;

namespace AdminPortal.Web.Jobs;

/// <summary>Removes contents from the store once nothing refers to them. Runs on every node; they take turns by the sweep's lock.</summary>
internal sealed class ContentSweeper(ContentSweep sweep, TimeProvider clock, ILogger<ContentSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await sweep.SweepAsync(stoppingToken) is > 0 and var bytes)
                {
                    logger.LogInformation("Removed {Bytes} bytes of contents that nothing refers to", bytes);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Could not look for contents that nothing refers to; tries again in {Interval}", _interval);
            }
        }
    }
}
