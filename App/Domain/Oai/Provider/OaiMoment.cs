using Npgsql;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>
/// The moment of which an answer tells. A transaction that is still going on may give a datestamp of some seconds ago: the answer is dated back to it, so that a
/// harvester that comes again from this date on misses nothing.
/// </summary>
/// <param name="ResponseDate">The date of the answer, in whole seconds.</param>
internal readonly record struct OaiMoment(DateTimeOffset ResponseDate)
{
    /// <summary>The last second that lists hold. In the present one something may still change.</summary>
    public DateTimeOffset Bound => ResponseDate.AddSeconds(-1);

    /// <summary>The present one.</summary>
    public static async Task<OaiMoment> GetAsync(NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand(OaiStep.Earliest);
        return Of(now, await command.ExecuteScalarAsync(cancellationToken));
    }

    /// <summary>The moment before something was read.</summary>
    /// <param name="now">The time before the database was asked; a transaction that it did not see gives a later second than this one.</param>
    /// <param name="earliest">What it answered to <see cref="OaiStep.Earliest"/>, before it read anything else.</param>
    public static OaiMoment Of(DateTimeOffset now, object? earliest)
    {
        var second = OaiStep.SecondOf(now);
        return new(DateTimeOffset.FromUnixTimeSeconds(earliest is long begun ? Math.Min(begun, second) : second));
    }
}
