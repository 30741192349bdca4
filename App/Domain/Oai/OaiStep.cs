using Npgsql;

namespace AdminPortal.Domain.Oai;

/// <summary>A transaction that changes who is a member of what. There is one at a time in all nodes, so each sees what the one before it has done.</summary>
internal sealed class OaiStep : IAsyncDisposable
{
    // Any number that nothing else in this database locks on.
    private const long StepLock = 0x4F616953;

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
        var now = clock.GetUtcNow();
        return new(transaction, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
    }

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
