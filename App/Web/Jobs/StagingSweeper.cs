using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Web.Jobs;

/// <summary>Removes uploads and downloads that nobody goes on with. Runs on every node; doing it twice does no harm.</summary>
internal sealed class StagingSweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<StagingSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<UploadService>().ForgetAsync(stoppingToken);
                var removed = await scope.ServiceProvider.GetRequiredService<PartialUploadService>().RemoveExpiredAsync(stoppingToken)
                    + await scope.ServiceProvider.GetRequiredService<SafDownload>().RemoveAbandonedAsync(stoppingToken);
                if (removed > 0)
                {
                    logger.LogInformation("Removed {Count} uploads and downloads that were abandoned or done with", removed);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Could not remove abandoned uploads; tries again in {Interval}", _interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
