using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Processes;

/// <summary>The log lines of a run that are on their way to the database, which takes them twice a second.</summary>
internal sealed class RunLog(long processId, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private List<LogLine> _pending = [];
    private long _last;

    public void Add(Severity level, string text)
    {
        lock (_lock)
        {
            _pending.Add(new LogLine { ProcessId = processId, Number = ++_last, At = clock.GetUtcNow(), Level = level, Text = text });
        }
    }

    /// <summary>Numbers on from where earlier runs ended.</summary>
    public async Task ContinueAsync(PortalDb db, CancellationToken cancellationToken) =>
        _last = await db.LogLines.Where(line => line.ProcessId == processId).MaxAsync(line => (long?)line.Number, cancellationToken) ?? 0;

    /// <summary>Writes what is pending and commits the context's transaction; when that fails, the lines wait for the next time.</summary>
    public async Task FlushAsync(PortalDb db, CancellationToken cancellationToken)
    {
        List<LogLine> lines;
        lock (_lock)
        {
            (lines, _pending) = (_pending, []);
        }

        try
        {
            await CopyAsync((NpgsqlConnection)db.Database.GetDbConnection(), lines, cancellationToken);
            await db.Database.CommitTransactionAsync(cancellationToken);
        }
        catch
        {
            lock (_lock)
            {
                _pending.InsertRange(0, lines);
            }

            throw;
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<LogLine> lines, CancellationToken cancellationToken)
    {
        if (lines.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY process_log (process_id, number, at, level, text) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var line in lines)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(line.ProcessId, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(line.Number, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(line.At, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync((int)line.Level, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(line.Text, NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
