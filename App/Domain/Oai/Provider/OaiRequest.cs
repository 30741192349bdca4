namespace AdminPortal.Domain.Oai.Provider;

/// <summary>What a harvester wants (OAI-PMH 2.0, section 4).</summary>
public enum OaiVerb
{
    /// <summary>Who the repository is.</summary>
    Identify,

    /// <summary>Which formats there are, of all or of one item.</summary>
    ListMetadataFormats,

    /// <summary>Which sets there are.</summary>
    ListSets,

    /// <summary>The headers of records.</summary>
    ListIdentifiers,

    /// <summary>Records.</summary>
    ListRecords,

    /// <summary>One record.</summary>
    GetRecord,
}

/// <summary>Why a request is not answered (OAI-PMH 2.0, section 3.6).</summary>
public enum OaiErrorCode
{
    /// <summary>The verb is missing, unknown or repeated.</summary>
    BadVerb,

    /// <summary>An argument is missing, repeated, not known here, or not written as it must be.</summary>
    BadArgument,

    /// <summary>The token is none of ours, or past its time.</summary>
    BadResumptionToken,

    /// <summary>The item, or the repository, does not have this format.</summary>
    CannotDisseminateFormat,

    /// <summary>There is no item with this identifier.</summary>
    IdDoesNotExist,

    /// <summary>Nothing is selected.</summary>
    NoRecordsMatch,

    /// <summary>The item has no format.</summary>
    NoMetadataFormats,

    /// <summary>There are no sets.</summary>
    NoSetHierarchy,
}

/// <summary>One reason why a request is not answered.</summary>
/// <param name="Code">Which kind.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record OaiError(OaiErrorCode Code, string Message);

/// <summary>An argument as it was sent.</summary>
/// <param name="Name">Its name, decoded.</param>
/// <param name="Value">Its value, decoded; null when it is no UTF-8, or holds what XML cannot.</param>
public readonly record struct OaiArgument(string Name, string? Value);

/// <summary>A request that is right as far as that can be told without looking at the repository.</summary>
public sealed record OaiRequest
{
    /// <summary>What is wanted.</summary>
    public required OaiVerb Verb { get; init; }

    /// <summary>The arguments as they were sent, the verb among them; the answer repeats them.</summary>
    public required IReadOnlyList<OaiArgument> Arguments { get; init; }

    /// <summary>The identifier of an item.</summary>
    public string? Identifier { get; init; }

    /// <summary>The format.</summary>
    public string? MetadataPrefix { get; init; }

    /// <summary>The set.</summary>
    public string? Set { get; init; }

    /// <summary>The first second that counts.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The last second that counts.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Where an earlier list is to go on.</summary>
    public string? ResumptionToken { get; init; }
}
