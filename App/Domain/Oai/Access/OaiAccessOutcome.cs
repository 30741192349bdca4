using System.Text.Json;
using AdminPortal.Domain.Oai.Provider;

namespace AdminPortal.Domain.Oai.Access;

/// <summary>What becomes of requests: the errors of the protocol under their own names, and what it has no name for.</summary>
public static class OaiAccessOutcome
{
    /// <summary>It was answered.</summary>
    public const string Ok = "ok";

    /// <summary>The harvester has the answer already (HTTP 304).</summary>
    public const string NotModified = "notModified";

    /// <summary>The address asked too often (HTTP 503).</summary>
    public const string Busy = "busy";

    /// <summary>The server is off (HTTP 503).</summary>
    public const string Off = "off";

    /// <summary>The server is in maintenance (HTTP 503).</summary>
    public const string Maintenance = "maintenance";

    /// <summary>The request was too long (HTTP 413).</summary>
    public const string TooLong = "tooLong";

    /// <summary>The harvester went away, or something broke; then the node's log says what.</summary>
    public const string Failed = "failed";

    private static readonly string _nothingNew = Of(OaiErrorCode.NoRecordsMatch);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Ok, NotModified, .. Enum.GetValues<OaiErrorCode>().Select(Of), Busy, Off, Maintenance, TooLong, Failed];

    /// <summary>An error as the protocol writes it, e.g. <c>badVerb</c>.</summary>
    public static string Of(OaiErrorCode code) => JsonNamingPolicy.CamelCase.ConvertName(code.ToString());

    /// <summary>Whether the harvester did not get what it asked for. That nothing is new is an answer too.</summary>
    public static bool IsError(string outcome) => !IsAnswer(outcome);

    // What was asked for is there, so that it may be counted by.
    internal static bool IsAnswer(string outcome) => outcome is Ok or NotModified || outcome == _nothingNew;
}
