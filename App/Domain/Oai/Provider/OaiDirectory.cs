using AdminPortal.Domain.Formats;
using Npgsql;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>A set as harvesters are told of it.</summary>
internal sealed record OaiSetLine(int Id, string Spec, string Name, string Description, DateTimeOffset? Deleted);

/// <summary>Which sets and formats harvesters can ask for.</summary>
internal sealed class OaiDirectory(FormatCatalogue formats, NpgsqlDataSource database)
{
    private const string Columns = "SELECT id, spec, name, description, deleted FROM oai_set";

    /// <summary>The formats of the repository.</summary>
    public IEnumerable<MetadataFormat> Formats => formats.All.Select(crosswalk => crosswalk.Format);

    /// <summary>The set with a spec, also one that was deleted a while ago; null when there is none.</summary>
    /// <param name="spec">Its spec; null for the default set.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<OaiSetLine?> FindSetAsync(string? spec, CancellationToken cancellationToken) =>
        (await ReadAsync($"{Columns} WHERE spec = $1", cancellationToken, spec ?? OaiSet.DefaultSpec)).FirstOrDefault();

    /// <summary>The sets after one in the order of their specs, but for the default set, which has none.</summary>
    public Task<List<OaiSetLine>> ReadSetsAsync(string after, int most, CancellationToken cancellationToken) =>
        ReadAsync($"""{Columns} WHERE spec > $1 COLLATE "C" ORDER BY spec COLLATE "C" LIMIT $2""", cancellationToken, after, most);

    /// <summary>How many sets there are.</summary>
    public async Task<long> CountSetsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM oai_set WHERE spec <> ''");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>When the repository began to keep datestamps: none is earlier.</summary>
    public async Task<DateTimeOffset> GetEarliestAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT created FROM oai_set WHERE spec = ''");
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return row.GetFieldValue<DateTimeOffset>(0);
    }

    /// <summary>The handle of some item that harvesters can have; null when there is none.</summary>
    public async Task<string?> FindSampleAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            SELECT known.handle FROM oai_record AS record JOIN oai_item AS known ON known.id = record.oai_item_id
            WHERE record.set_id = (SELECT id FROM oai_set WHERE spec = '') AND record.reason IS NULL ORDER BY record.datestamp, record.oai_item_id LIMIT 1
            """);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Refuses a format that the repository does not have.</summary>
    /// <exception cref="OaiFault">It does not.</exception>
    public void RequireFormat(string prefix)
    {
        if (formats.Find(prefix) is null)
        {
            throw new OaiFault(OaiErrorCode.CannotDisseminateFormat, $"There is no format {prefix} here. ListMetadataFormats names those that there are.");
        }
    }

    private async Task<List<OaiSetLine>> ReadAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        var sets = new List<OaiSetLine>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            sets.Add(new(rows.GetInt32(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4)));
        }

        return sets;
    }
}
