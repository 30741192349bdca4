using System.Net;

namespace AdminPortal.Domain.Oai.Access;

/// <summary>How the last list of a harvester went.</summary>
public enum OaiListState
{
    /// <summary>It came to its end.</summary>
    Completed,

    /// <summary>It is not at its end, and was gone on with a short time ago.</summary>
    UnderWay,

    /// <summary>It is not at its end, and has not been gone on with.</summary>
    BrokenOff,
}

/// <summary>What a harvester asked for in a period. One that comes from two addresses, or under two names, is two.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="UserAgent">What it calls itself; empty when it does not.</param>
/// <param name="FirstSeen">Its first request.</param>
/// <param name="LastSeen">Its last request.</param>
/// <param name="Requests">How often it asked.</param>
/// <param name="Records">Records, headers and sets that it got.</param>
/// <param name="Bytes">Bytes that it got, before they were compressed.</param>
/// <param name="Errors">How often it did not get what it asked for.</param>
/// <param name="Sets">The sets of its lists; <c>:default</c> for lists of everything.</param>
/// <param name="Formats">The formats in which it got records.</param>
/// <param name="LastList">How its last list went; null when it had none.</param>
public sealed record OaiHarvester(
    IPAddress Address, string UserAgent, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, long Requests, long Records, long Bytes, long Errors,
    IReadOnlyList<string> Sets, IReadOnlyList<string> Formats, OaiListState? LastList);

/// <summary>Which requests are wanted; what is null does not matter.</summary>
/// <param name="Address">Where they came from, e.g. <c>192.0.2.7</c>.</param>
/// <param name="Verb">The verb as it was sent.</param>
/// <param name="Outcome">What became of them, one of <see cref="OaiAccessOutcome"/>.</param>
/// <param name="Set">The set.</param>
public sealed record OaiAccessFilter(string? Address = null, string? Verb = null, string? Outcome = null, string? Set = null);
