using Npgsql;

namespace AdminPortal.Domain.Oai;

/// <summary>A transaction that changes who is a member of what. There is one at a time in all nodes, so each sees what the one before it has done.</summary>
internal sealed class OaiStep : IAsyncDisposable
{
    // Any number that nothing else in this database locks on.
    private const long StepLock = 0x4F616953;

    // Together with the second that becomes the datestamp, so that others see it before the transaction ends.
    private const int StampLock = 0x4F616955;

    /// <summary>Asks for the earliest datestamp that a transaction which still goes on may be giving, in seconds since 1970; null when there is none.</summary>
    public static string Earliest { get; } =
        $"SELECT min(objid::bigint) FROM pg_locks WHERE locktype = 'advisory' AND classid = {StampLock} AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private readonly NpgsqlTransaction _transaction;

    private OaiStep(NpgsqlTransaction transaction, DateTimeOffset now) => (_transaction, Now) = (transaction, now);

    /// <summary>What becomes the datestamp of what changes: harvesters select by whole seconds.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Waits for its turn.</summary>
    public static async Task<OaiStep> BeginAsync(NpgsqlConnection connection, TimeProvider clock, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var wait = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({StepLock})", connection, transaction) { CommandTimeout = 0 };
        await wait.ExecuteNonQueryAsync(cancellationToken);
        long second;
        do
        {
            // Who looks in the next second must find it: so it is only good if that has not come by now.
            second = SecondOf(clock.GetUtcNow());
            await using var tell = new NpgsqlCommand($"SELECT pg_advisory_xact_lock_shared({StampLock}, $1)", connection, transaction) { Parameters = { new() { Value = (int)second } } };
            await tell.ExecuteNonQueryAsync(cancellationToken);
        }
        while (SecondOf(clock.GetUtcNow()) != second);
        return new(transaction, DateTimeOffset.FromUnixTimeSeconds(second));
    }

    /// <summary>The second in which an instant lies, counted since 1970.</summary>
    public static long SecondOf(DateTimeOffset instant) => instant.ToUnixTimeSeconds();

    /// <summary>A command of this transaction, with parameters <c>$1</c>, <c>$2</c>, …</summary>
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlCommand(sql, _transaction.Connection, _transaction) { CommandTimeout = 0 };
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    /// <summary>Keeps what was done.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    /// <summary>Undoes what was not kept.</summary>
    public ValueTask DisposeAsync() => _transaction.DisposeAsync();
}
