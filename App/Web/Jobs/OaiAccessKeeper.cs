using AdminPortal.Domain.Oai.Access;

namespace AdminPortal.Web.Jobs;

/// <summary>Brings the access log of harvesters into the database, and forgets what has been kept long enough. Every node writes what it was asked.</summary>
internal sealed class OaiAccessKeeper(OaiAccessLog log, TimeProvider clock, ILogger<OaiAccessKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    /// <summary>Writes what waits, once nothing more can come: the web server stops first.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await log.FlushAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(log.WriteAsync(stoppingToken), PurgeAsync(stoppingToken));

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_interval, clock);
        do
        {
            try
            {
                if (await log.PurgeAsync(cancellationToken) is > 0 and var rows)
                {
                    logger.LogInformation("Removed {Count} rows of the access log of harvesters that have been kept long enough", rows);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Could not clean the access log of harvesters up; tries again in {Interval}", _interval);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
