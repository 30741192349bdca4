using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Items;

/// <summary>Persistent identifiers; section <c>Handles</c> of the settings.</summary>
public sealed class HandleOptions
{
    /// <summary>The prefix that the repository was given by the Handle System; <c>123456789</c> stands for "none yet", as in DSpace.</summary>
    [Required, RegularExpression(@"[0-9][0-9.]*")]
    public string Prefix { get; init; } = "123456789";

    /// <summary>What makes a handle a link, with its last slash.</summary>
    [Required, Url]
    public string Resolver { get; init; } = "https://hdl.handle.net/";
}

/// <summary>Mints persistent identifiers in order and finds what they name.</summary>
public sealed class HandleService(IOptions<HandleOptions> options)
{
    /// <summary>The handle as a link, e.g. <c>https://hdl.handle.net/123456789/42</c>.</summary>
    public string Link(string handle) => options.Value.Resolver + handle;

    /// <summary>How the links of this repository's own handles begin, e.g. <c>https://hdl.handle.net/123456789/</c>.</summary>
    public string OwnLinks => Link(options.Value.Prefix + "/");

    /// <summary>The handle that a link, an <c>hdl:</c> URI or the handle itself stands for; null when it is none of them.</summary>
    public string? Parse(string text)
    {
        var handle = Regex.Replace(text.Trim(), "^(hdl:|info:hdl/|https?://hdl\\.handle\\.net/)", "", RegexOptions.IgnoreCase);
        handle = handle.StartsWith(options.Value.Resolver, StringComparison.Ordinal) ? handle[options.Value.Resolver.Length..] : handle;
        return Regex.IsMatch(handle, @"^[0-9][0-9.]*/\S+$") ? handle : null;
    }

    /// <summary>Gives an item a handle that it asks for by name. One that named something deleted may be given again.</summary>
    /// <returns>Whether the item has it now; false when it names something else.</returns>
    public async Task<bool> TryGiveAsync(PortalDb db, string handle, Guid itemId, CancellationToken cancellationToken) => await db.Database.ExecuteSqlAsync(
        $"""
         INSERT INTO handle (value, item_id) VALUES ({handle}, {itemId}) ON CONFLICT (value) DO UPDATE SET item_id = excluded.item_id
         WHERE coalesce(handle.item_id, handle.collection_id, handle.community_id) IS NULL
         """, cancellationToken) == 1;

    /// <summary>
    /// Takes the next handles of our prefix. A number is taken for good: when the transaction fails, it is skipped, never given again.
    /// Handles that came in with imported items are passed over.
    /// </summary>
    public async Task<IReadOnlyList<string>> MintAsync(PortalDb db, int count, CancellationToken cancellationToken)
    {
        var minted = new List<string>(count);
        while (minted.Count < count)
        {
            var wanted = count - minted.Count;
            var prefix = options.Value.Prefix + "/";
            minted.AddRange(await db.Database.SqlQuery<string>(
                $"""
                 SELECT "Value" FROM (SELECT nextval('handle_suffix') AS n FROM generate_series(1, {wanted})) AS next,
                     LATERAL (SELECT {prefix} || n AS "Value") AS handle
                 WHERE NOT EXISTS (SELECT FROM handle WHERE value = "Value") ORDER BY n
                 """).ToListAsync(cancellationToken));
        }

        return minted;
    }
}
