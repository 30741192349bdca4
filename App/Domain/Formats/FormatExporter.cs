using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Formats;

/// <summary>Writes items in all formats, and keeps what was written.</summary>
public sealed class FormatExporter(FormatCatalogue catalogue, FormatSource source, TimeProvider clock, ILogger<FormatExporter> logger)
{
    // $1 the items; $2 and $3 what was written of them. What is left is of items that are not published any more, or of formats that are off.
    private const string Remove = "DELETE FROM item_format WHERE item_id = ANY($1) AND (item_id, prefix) NOT IN (SELECT * FROM unnest($2, $3))";

    private const string FindKnown = "SELECT DISTINCT item_id FROM item_format WHERE item_id = ANY($1)";

    // Costs a third of the statement below.
    private const string Add = "COPY item_format (item_id, prefix, xml, checksum, exported, microseconds, error) FROM STDIN (FORMAT BINARY)";

    // What is the same is not written again.
    private const string Replace = """
        INSERT INTO item_format AS known (item_id, prefix, xml, checksum, exported, microseconds, error)
        SELECT item_id, prefix, xml, checksum, exported, microseconds, error
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS written (item_id, prefix, xml, checksum, exported, microseconds, error)
        ON CONFLICT (item_id, prefix) DO UPDATE SET xml = CASE WHEN known.checksum = excluded.checksum THEN known.xml ELSE excluded.xml END,
            checksum = excluded.checksum, exported = excluded.exported, microseconds = excluded.microseconds, error = excluded.error
        """;

    /// <summary>Writes those of some items that are published. One that cannot be written in a format fails in that one alone.</summary>
    public async Task<IReadOnlyList<ItemFormat>> WriteAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var items = new List<FormatItem>();
        await foreach (var item in source.ReadAsync(ids, cancellationToken))
        {
            items.Add(item);
        }

        return [.. items.AsParallel().AsOrdered().WithCancellation(cancellationToken).SelectMany(item => catalogue.All.Select(crosswalk => Write(crosswalk, item)))];
    }

    /// <summary>Keeps what was written of some items, and removes the formats of those that are not published any more.</summary>
    /// <param name="connection">Where the transaction goes on.</param>
    /// <param name="ids">All items that were looked at.</param>
    /// <param name="written">What was written of them.</param>
    /// <param name="cancellationToken">Stops; the transaction is lost.</param>
    public static async Task KeepAsync(NpgsqlConnection connection, Guid[] ids, IReadOnlyList<ItemFormat> written, CancellationToken cancellationToken)
    {
        await using (var remove = Command(connection, Remove, ids, written.Select(format => format.ItemId).ToArray(), written.Select(format => format.Prefix).ToArray()))
        {
            await remove.ExecuteNonQueryAsync(cancellationToken);
        }

        var known = new HashSet<Guid>();
        await using (var find = Command(connection, FindKnown, ids))
        await using (var rows = await find.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                known.Add(rows.GetGuid(0));
            }
        }

        await AddAsync(connection, written.Where(format => !known.Contains(format.ItemId)), cancellationToken);
        await ReplaceAsync(connection, [.. written.Where(format => known.Contains(format.ItemId))], cancellationToken);
    }

    private static async Task AddAsync(NpgsqlConnection connection, IEnumerable<ItemFormat> written, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(Add, cancellationToken);
        foreach (var format in written)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(format.ItemId, cancellationToken);
            await copy.WriteAsync(format.Prefix, cancellationToken);
            await copy.WriteAsync(format.Xml, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(format.Checksum, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(format.Exported, cancellationToken);
            await copy.WriteAsync(format.Microseconds, cancellationToken);
            await copy.WriteAsync(format.Error, NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task ReplaceAsync(NpgsqlConnection connection, List<ItemFormat> written, CancellationToken cancellationToken)
    {
        if (written.Count > 0)
        {
            await using var replace = Command(
                connection, Replace, Column(format => format.ItemId), Column(format => format.Prefix), Column(format => format.Xml), Column(format => format.Checksum),
                Column(format => format.Exported), Column(format => format.Microseconds), Column(format => format.Error));
            await replace.ExecuteNonQueryAsync(cancellationToken);
        }

        T[] Column<T>(Func<ItemFormat, T> value) => [.. written.Select(value)];
    }

    private ItemFormat Write(ICrosswalk crosswalk, FormatItem item)
    {
        var (began, xml, error) = (Stopwatch.GetTimestamp(), default(byte[]), default(string));
        try
        {
            xml = FormatXml.WriteIfFits(crosswalk, item);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A crosswalk may be anybody's, and what it cannot write must not hold up the others.
            logger.LogWarning(fault, "Could not write {Handle} as {Prefix}", item.Handle, crosswalk.Format.Prefix);
            error = fault.Message;
        }

        return new()
        {
            ItemId = item.Id,
            Prefix = crosswalk.Format.Prefix,
            Xml = xml,
            Checksum = xml is null ? null : new Guid(MD5.HashData(xml)),
            Exported = clock.GetUtcNow(),
            Microseconds = (int)Stopwatch.GetElapsedTime(began).TotalMicroseconds,
            Error = error,
        };
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
