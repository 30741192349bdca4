using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace AdminPortal.Domain.Saf;

/// <summary>Finds the items to be added that are stored already, or come twice in the package: by their handle, and by a metadata field if one was named.</summary>
internal sealed class SafDuplicateCheck(IDbContextFactory<PortalDb> databases, SafImportRequest request) : ISafIdentities
{
    // The handles and values that items of this pass through the package have asked for, with the first that did.
    private readonly Dictionary<string, string> _handles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public void Begin()
    {
        _handles.Clear();
        _values.Clear();
    }

    public async Task<IReadOnlyList<SafIntakeItem>> IdentifyAsync(IReadOnlyList<SafIntakeItem> items, CancellationToken cancellationToken)
    {
        var taken = await FindHandlesAsync([.. items.Select(item => item.Item.Handle).OfType<string>()], cancellationToken);
        var stored = request.DuplicateBy is { } field
            ? await FindValuesAsync(field, [.. items.SelectMany(item => Values(item, field)).Distinct()], cancellationToken)
            : [];
        return [.. items.Select(item => Identify(item, taken, stored))];
    }

    private SafIntakeItem Identify(SafIntakeItem item, Dictionary<string, (string What, Guid? Item)> taken, Dictionary<string, (string What, Guid? Item)> stored)
    {
        if (item.Item.Handle is { } handle && FindOwner(handle, taken, _handles, item.Item.Name) is { } owner)
        {
            item = Decide(item, "handle", 1, $"The handle {handle} belongs to {owner.What} already.", "Remove the file to get a new handle, or leave the item out.", owner.Item);
            item = item.IsWanted ? item with { Item = item.Item with { Handle = null } } : item;
        }

        foreach (var value in request.DuplicateBy is { } field ? Values(item, field) : [])
        {
            if (item.IsWanted && FindOwner(value, stored, _values, item.Item.Name) is { } same)
            {
                item = Decide(item, null, null, $"The {request.DuplicateBy} {value} belongs to {same.What} already.", "Leave the item out, or correct the value.", same.Item);
            }
        }

        return item;
    }

    private static (string What, Guid? Item)? FindOwner(string key, Dictionary<string, (string What, Guid? Item)> known, Dictionary<string, string> asked, string name)
    {
        if (known.TryGetValue(key, out var owner))
        {
            return owner;
        }

        return asked.TryAdd(key, name) || asked[key] == name ? null : ($"{asked[key]} of this package", null);
    }

    private SafIntakeItem Decide(SafIntakeItem item, string? file, int? line, string message, string remedy, Guid? stored)
    {
        if (request.OnDuplicate == SafDuplicates.Skip)
        {
            return item with { Skip = message, Stored = stored };
        }

        var isFault = request.OnDuplicate == SafDuplicates.Fail;
        var finding = new Finding
        {
            Severity = isFault ? Severity.Error : Severity.Warning,
            Item = item.Item.Name,
            File = file,
            Line = line,
            Field = file is null ? request.DuplicateBy : null,
            Message = isFault ? message : $"{message} The item is added all the same{(file is null ? "" : ", under a new handle")}.",
            Remedy = isFault ? remedy : null,
        };
        return item with { Findings = [.. item.Findings, finding], Failure = isFault ? item.Failure ?? $"{message} {remedy}" : item.Failure };
    }

    private async Task<Dictionary<string, (string What, Guid? Item)>> FindHandlesAsync(List<string> handles, CancellationToken cancellationToken)
    {
        if (handles.Count == 0)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Handles.Where(handle => handles.Contains(handle.Value) && (handle.ItemId ?? handle.CollectionId ?? handle.CommunityId) != null)
            .ToDictionaryAsync(
                handle => handle.Value,
                handle => (handle.ItemId != null ? "a stored item" : handle.CollectionId != null ? "a collection" : "a community", handle.ItemId), cancellationToken);
    }

    // A probe for each value, so that the index of the metadata serves each.
    private async Task<Dictionary<string, (string What, Guid? Item)>> FindValuesAsync(string field, List<string> values, CancellationToken cancellationToken)
    {
        if (values.Count == 0)
        {
            return [];
        }

        var probes = values.Select(value => System.Text.Json.JsonSerializer.Serialize(new[] { new { field, value } })).ToArray();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.Database.SqlQuery<Match>(
            $"""
             SELECT probe.value AS "Value", item.id AS "Id", handle.value AS "Handle"
             FROM unnest({values.ToArray()}, {new NpgsqlParameter { Value = probes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb }}) AS probe (value, document)
             JOIN item ON item.metadata @> probe.document LEFT JOIN handle ON handle.item_id = item.id
             """).ToListAsync(cancellationToken);
        return found.GroupBy(match => match.Value).ToDictionary(matches => matches.Key, matches => ($"the stored item {matches.First().Handle ?? matches.First().Id.ToString()}", (Guid?)matches.First().Id));
    }

    private static IEnumerable<string> Values(SafIntakeItem item, string field) =>
        item.Item.Metadata.Where(value => value.Field.Equals(field, StringComparison.OrdinalIgnoreCase)).Select(value => value.Value);

    private sealed record Match(string Value, Guid Id, string? Handle);
}
