using AdminPortal.Domain.Search;

namespace AdminPortal.Web.Jobs;

/// <summary>Keeps the search index up with the database. Nodes that share a data directory take turns by the index's lock.</summary>
internal sealed class IndexKeeper(IndexFollower follower, TimeProvider clock, ILogger<IndexKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await follower.FollowAsync(_interval, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "Could not keep the search index up to date; tries again in {Interval}", _rest);
                await Task.Delay(_rest, clock, stoppingToken);
            }
        }
    }
}
