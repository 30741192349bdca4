using AdminPortal.Domain.Data;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Storage;

/// <summary>
/// Publishes contents so that none is ever forgotten and none is swept away under the hands of who is about to refer to it: whoever publishes
/// holds a lock that <see cref="ContentSweep"/> waits for, and lists the contents as loose until their rows are committed.
/// </summary>
public sealed class ContentLedger(NpgsqlDataSource source, IBitstreamStore store)
{
    // Any number that nothing else in this database locks on. Publishers share it, a sweep has it alone.
    internal const long SweepLock = 0x436F6E74656E74;

    /// <summary>Puts staged contents into the store. Commit the rows that refer to them before the guard is disposed of.</summary>
    /// <param name="staged">The contents.</param>
    /// <param name="processId">The process that does it, if one does.</param>
    /// <param name="cancellationToken">Stops; what was published so far is listed as loose.</param>
    /// <exception cref="ContentGoneException">A content that the store had when it was staged has been swept meanwhile; stage all again.</exception>
    public Task<IAsyncDisposable> PublishAsync(IReadOnlyCollection<StagedContent> staged, long? processId, CancellationToken cancellationToken) => GuardAsync(
        [.. staged.Select(content => (content.Content.Sha256, content.Content.Size))], processId, () => store.PublishAsync(staged, cancellationToken), cancellationToken);

    /// <summary>Moves a finished file into the store. Commit the row that refers to it before the guard is disposed of.</summary>
    /// <param name="path">The file, in a workspace of the store; nobody writes to it any more.</param>
    /// <param name="sha256">Its SHA-256, which the caller vouches for.</param>
    /// <param name="processId">The process that does it.</param>
    /// <param name="cancellationToken">Stops before anything is moved.</param>
    public Task<IAsyncDisposable> AdoptAsync(string path, string sha256, long processId, CancellationToken cancellationToken) =>
        GuardAsync([(sha256, new FileInfo(path).Length)], processId, () => store.AdoptAsync(path, sha256, cancellationToken), cancellationToken);

    private async Task<IAsyncDisposable> GuardAsync(IReadOnlyList<(string Sha256, long Size)> contents, long? processId, Func<Task> move, CancellationToken cancellationToken)
    {
        var guard = new Guard(await source.OpenConnectionAsync(cancellationToken), contents);
        try
        {
            await guard.EnterAsync(processId, cancellationToken);
            await move();
            return guard;
        }
        catch
        {
            await guard.DisposeAsync();
            throw;
        }
    }

    private sealed class Guard(NpgsqlConnection connection, IReadOnlyList<(string Sha256, long Size)> contents) : IAsyncDisposable
    {
        public async Task EnterAsync(long? processId, CancellationToken cancellationToken)
        {
            await using (var enter = new NpgsqlCommand($"SELECT pg_advisory_lock_shared({SweepLock})", connection) { CommandTimeout = 0 })
            {
                await enter.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var copy = await connection.BeginBinaryImportAsync("COPY loose_content (sha256, size, process_id) FROM STDIN (FORMAT BINARY)", cancellationToken);
            foreach (var (sha256, size) in contents)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(sha256, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(size, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteNullableAsync(processId, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        // What is referred to by now is loose no more; the rest a sweep will find. OFFSET 0 makes the database look up each content by its
        // indexes: as a join it would read the references of the whole repository for every batch.
        public async ValueTask DisposeAsync()
        {
            try
            {
                await using var leave = new NpgsqlCommand(
                    $"""
                     DELETE FROM loose_content WHERE sha256 = ANY($1) AND EXISTS (SELECT FROM content_reference WHERE content_reference.sha256 = loose_content.sha256 OFFSET 0);
                     """, connection)
                { Parameters = { new() { Value = contents.Select(content => content.Sha256).Distinct().ToArray() } } };
                await leave.ExecuteNonQueryAsync(CancellationToken.None);
                await using var unlock = new NpgsqlCommand($"SELECT pg_advisory_unlock_shared({SweepLock})", connection);
                await unlock.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The connection is gone, and the lock with it. What stays listed as loose a sweep looks at.
            }
            finally
            {
                await connection.DisposeAsync();
            }
        }
    }
}

/// <summary>A content that the store had a moment ago is gone, because nothing referred to it.</summary>
public sealed class ContentGoneException(string sha256) : Exception($"The content {sha256} has been swept from the store meanwhile.");
