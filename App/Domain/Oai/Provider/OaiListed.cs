namespace AdminPortal.Domain.Oai.Provider;

/// <summary>A record as it is listed.</summary>
/// <param name="Handle">The handle of the item.</param>
/// <param name="Datestamp">Its datestamp.</param>
/// <param name="Id">The number of the item.</param>
/// <param name="IsDeleted">Whether it is told as deleted.</param>
/// <param name="Sets">The setSpecs of its header.</param>
/// <param name="Xml">The record in the format that was asked for; null where it is deleted or not asked for.</param>
internal sealed record OaiListed(string Handle, DateTimeOffset Datestamp, long Id, bool IsDeleted, IReadOnlyList<string> Sets, byte[]? Xml);

/// <summary>What a list is of.</summary>
/// <param name="SetId">The set.</param>
/// <param name="Prefix">The format.</param>
/// <param name="From">The first second that counts.</param>
/// <param name="Until">The last one.</param>
internal sealed record OaiSelection(int SetId, string Prefix, DateTimeOffset? From, DateTimeOffset Until);

/// <summary>What was read at a time.</summary>
/// <param name="Moment">The moment before it was.</param>
/// <param name="Records">The records.</param>
/// <param name="IsCut">Whether there are more, which would have been too many bytes.</param>
internal sealed record OaiRead(OaiMoment Moment, List<OaiListed> Records, bool IsCut);
