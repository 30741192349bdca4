using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Finds items by words, for as long as there is no search: a word or <c>"some words"</c> must be in the title, <c>dc.type:Thesis</c> or
/// <c>dc.publisher:"Some Press"</c> in a value of that field. Case does not matter, and all must hold.
/// </summary>
public sealed partial class SafExportQuery(MetadataRegistry registry)
{
    /// <summary>The items that the query finds.</summary>
    /// <exception cref="PortalException">The query says nothing, or names a field that is not registered.</exception>
    public async Task<IQueryable<Item>> FindAsync(PortalDb db, string query, CancellationToken cancellationToken)
    {
        var fields = await registry.GetFieldsAsync(cancellationToken);
        var (conditions, values) = (new List<string>(), new List<object>());
        foreach (var match in Condition().Matches(query).Cast<Match>())
        {
            var text = match.Groups["quoted"] is { Success: true, Value: var quoted } ? quoted : match.Groups["word"].Value;
            if (text.Length == 0)
            {
                throw new PortalException($"Nothing follows {match.Value} in the query. Write what to look for after it.");
            }

            var contains = $"ILIKE {{{values.Count}}} ESCAPE '{LikePattern.Escape}'";
            values.Add(LikePattern.Containing(text));
            if (match.Groups["field"] is not { Success: true, Value: var field })
            {
                conditions.Add($"title {contains}");
                continue;
            }

            values.Add(fields.Find(field) ?? throw new PortalException(
                $"The query names {field}, which is not registered. {(fields.NearestTo(field) is { } near ? $"Did you mean {near}?" : "The page Metadata registry lists the fields.")}"));
            conditions.Add($"EXISTS (SELECT FROM jsonb_array_elements(metadata) AS one WHERE one ->> 'field' = {{{values.Count - 1}}} AND one ->> 'value' {contains})");
        }

        return conditions.Count > 0
            ? db.Items.FromSql(FormattableStringFactory.Create($"SELECT * FROM item WHERE {string.Join(" AND ", conditions)}", [.. values]))
            : throw new PortalException("The query is empty. Write words of the title, or a field and what it holds, such as dc.type:Thesis.");
    }

    // rivers   "two words"   dc.type:Thesis   dc.publisher:"Some Press"
    [GeneratedRegex("""(?<field>[A-Za-z]\w*(\.[\w-]+){1,2}):("(?<quoted>[^"]*)"?|(?<word>[^\s"]*))|"(?<quoted>[^"]*)"?|(?<word>[^\s"]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Condition();
}
