using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AdminPortal.Domain.Oai.Access;

/// <summary>
/// Keeps what harvesters ask for. A request only leaves its entry behind; one writer for each node brings the entries into the database. When they come faster than
/// they can be written, they are dropped: harvesters get their answers all the same.
/// </summary>
public sealed class OaiAccessLog(NpgsqlDataSource database, IOptions<OaiOptions> options, TimeProvider clock, ILogger<OaiAccessLog> logger)
{
    /// <summary>Entries that may wait to be written.</summary>
    public const int MostWaiting = 10_000;

    private const int MostAtOnce = 1000;

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);

    private readonly OaiAccessStore _store = new(database);
    private readonly Channel<OaiAccess> _waiting = Channel.CreateBounded<OaiAccess>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private long _dropped;

    /// <summary>Begins the entry of a request.</summary>
    public OaiAccess Begin(IPAddress? address, string? userAgent) => new() { At = clock.GetUtcNow(), Address = address ?? IPAddress.None, UserAgent = userAgent ?? "" };

    /// <summary>Leaves an entry to be written. Says whether there was room for it.</summary>
    public bool Add(OaiAccess request)
    {
        (request.Address, request.UserAgent) = (OaiAccessText.Plain(request.Address, options.Value.AnonymizeAddresses), OaiAccessText.Cut(request.UserAgent));
        if (_waiting.Writer.TryWrite(request))
        {
            return true;
        }

        Interlocked.Increment(ref _dropped);
        return false;
    }

    /// <summary>Writes entries as they come, every second or a thousand at once, until it is stopped. What waits then is for <see cref="FlushAsync"/>.</summary>
    public async Task WriteAsync(CancellationToken stopping)
    {
        var batch = new List<OaiAccess>(MostAtOnce);
        try
        {
            while (batch.Count > 0 || await _waiting.Reader.WaitToReadAsync(stopping))
            {
                await GatherAsync(batch, stopping);
                if (!await TryWriteAsync(batch))
                {
                    await Task.Delay(_pause, clock, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await TryWriteAsync(batch);
            Lose(batch.Count);
        }
    }

    /// <summary>Writes everything that waits; what the database does not take now is lost.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var batch = new List<OaiAccess>(MostAtOnce);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(batch);
        }
        while (await TryWriteAsync(batch) && _waiting.Reader.TryPeek(out _));
        Lose(batch.Count + _waiting.Reader.Count);
    }

    /// <summary>Forgets requests and totals that have been kept long enough. Says how many rows that were.</summary>
    public Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return _store.PurgeAsync(now.AddDays(-options.Value.KeepRequestsDays), DateOnly.FromDateTime(now.UtcDateTime).AddDays(-options.Value.KeepHarvestersDays), cancellationToken);
    }

    private async Task GatherAsync(List<OaiAccess> batch, CancellationToken stopping)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        enough.CancelAfter(_longestWait);
        try
        {
            for (Take(batch); batch.Count < MostAtOnce && await _waiting.Reader.WaitToReadAsync(enough.Token); Take(batch))
            {
                // More of them.
            }
        }
        catch (OperationCanceledException)
        {
            // The second is over, or the node stops: what there is will be written.
        }
    }

    private void Take(List<OaiAccess> batch)
    {
        while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out var request))
        {
            batch.Add(request);
        }
    }

    // What has begun to be written is written to its end also when the node stops. The batch is empty afterwards, or is to be tried again.
    private async Task<bool> TryWriteAsync(List<OaiAccess> batch)
    {
        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
        {
            logger.LogWarning("Dropped {Count} requests of harvesters from the access log, which come faster than they can be written", dropped);
        }

        if (batch.Count == 0)
        {
            return true;
        }

        try
        {
            await _store.WriteAsync(batch, CancellationToken.None);
        }
        catch (NpgsqlException fault) when (fault.IsTransient)
        {
            logger.LogWarning(fault, "Could not write {Count} requests of harvesters to the access log; tries again in {Pause}", batch.Count, _pause);
            return false;
        }
        catch (Exception fault)
        {
            // It would be refused again, and everything after it would wait.
            logger.LogError(fault, "Could not write {Count} requests of harvesters to the access log, and goes on without them", batch.Count);
        }

        batch.Clear();
        return true;
    }

    private void Lose(int count)
    {
        if (count > 0)
        {
            logger.LogWarning("Lost {Count} requests of harvesters, which could not be written to the access log before the node stopped", count);
        }
    }
}
