using System.Text.Json;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Where a list goes on. It says everything, so that any node can go on with it, also after a restart.</summary>
/// <param name="Verb">What was asked for.</param>
/// <param name="Prefix">In which format.</param>
/// <param name="SetId">From which set; null in a list of sets.</param>
/// <param name="Set">The spec of the set as it was asked for; null for none.</param>
/// <param name="From">The first second that counts.</param>
/// <param name="Until">The last second that counts: none from the start of the list on, so that what changes meanwhile stays out.</param>
/// <param name="Last">The last record that was given; in a list of sets, the last setSpec.</param>
/// <param name="Cursor">How many were given.</param>
/// <param name="Total">How many there were at the start.</param>
/// <param name="Expires">When it ends.</param>
internal sealed record ResumptionToken(
    OaiVerb Verb, string? Prefix, int? SetId, string? Set, DateTimeOffset? From, DateTimeOffset Until, RecordKey Last, long Cursor, long Total, DateTimeOffset Expires)
{
    private static readonly JsonSerializerOptions _options = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>The token as harvesters get it.</summary>
    public string Write(ITokenSeal seal) => seal.Seal(JsonSerializer.SerializeToUtf8Bytes(this, _options));

    /// <summary>What a token says, whether it may be gone on with or not; null when it is none of ours.</summary>
    public static ResumptionToken? Find(string text, ITokenSeal seal) => seal.Open(text) is { } bytes ? JsonSerializer.Deserialize<ResumptionToken>(bytes, _options) : null;

    /// <summary>Reads a token.</summary>
    /// <exception cref="OaiFault">It is none of ours, of another verb, or past its time.</exception>
    public static ResumptionToken Read(string text, OaiVerb verb, DateTimeOffset now, ITokenSeal seal)
    {
        if (Find(text, seal) is not { } token)
        {
            throw new OaiFault(OaiErrorCode.BadResumptionToken, "This resumptionToken is not one of this repository's. Begin the list again.");
        }

        if (token.Verb != verb)
        {
            throw new OaiFault(OaiErrorCode.BadResumptionToken, $"This resumptionToken goes on with {token.Verb}, not with {verb}.");
        }

        return token.Expires > now ? token
            : throw new OaiFault(OaiErrorCode.BadResumptionToken, "This resumptionToken has expired. Begin the list again.");
    }
}

/// <summary>The place of a record in its set: records come in the order of their datestamps.</summary>
/// <param name="Datestamp">The record's datestamp.</param>
/// <param name="Id">The number of its item.</param>
/// <param name="Spec">In a list of sets, the setSpec instead of both.</param>
internal readonly record struct RecordKey(DateTimeOffset Datestamp, long Id, string? Spec = null);

/// <summary>Signs what goes out to come back, with a key that all nodes share.</summary>
public interface ITokenSeal
{
    /// <summary>Signed, in characters that need no encoding in a URL.</summary>
    string Seal(byte[] content);

    /// <summary>What was sealed; null when it is not ours, or no longer as it was.</summary>
    byte[]? Open(string text);
}
