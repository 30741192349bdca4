using System.Net;
using AdminPortal.Domain.Oai.Provider;

namespace AdminPortal.Domain.Oai.Access;

/// <summary>One request of a harvester, as the access log keeps it.</summary>
public sealed class OaiAccess
{
    /// <summary>The number of the entry.</summary>
    public long Id { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it came from.</summary>
    public required IPAddress Address { get; set; }

    /// <summary>What the harvester calls itself; empty when it does not.</summary>
    public required string UserAgent { get; set; }

    /// <summary>The verb as it was sent; null when there was none.</summary>
    public string? Verb { get; set; }

    /// <summary>The format that was asked for; of a list that is gone on with, the list's.</summary>
    public string? MetadataPrefix { get; set; }

    /// <summary>The set that was asked for; of a list that is gone on with, the list's.</summary>
    public string? SetSpec { get; set; }

    /// <summary>The argument from as it was sent.</summary>
    public string? AskedFrom { get; set; }

    /// <summary>The argument until as it was sent.</summary>
    public string? AskedUntil { get; set; }

    /// <summary>Whether it goes on with a list.</summary>
    public bool IsResumed { get; set; }

    /// <summary>Whether the list goes on after this answer.</summary>
    public bool GoesOn { get; set; }

    /// <summary>Records, headers or sets in the answer.</summary>
    public int Records { get; set; }

    /// <summary>The length of the answer, before it is compressed; 0 when only its head was sent.</summary>
    public long Bytes { get; set; }

    /// <summary>How long it took, until the answer was handed over.</summary>
    public int Milliseconds { get; set; }

    /// <summary>What became of it, one of <see cref="OaiAccessOutcome"/>.</summary>
    public string Outcome { get; set; } = OaiAccessOutcome.Failed;

    /// <summary>Takes over what is asked for.</summary>
    public void Take(IReadOnlyList<OaiArgument> arguments)
    {
        Verb = Find(arguments, "verb");
        (MetadataPrefix, SetSpec) = (Find(arguments, "metadataPrefix"), Find(arguments, "set"));
        (AskedFrom, AskedUntil) = (Find(arguments, "from"), Find(arguments, "until"));
        IsResumed = arguments.Any(argument => argument.Name == "resumptionToken");
    }

    /// <summary>Takes over what became of it.</summary>
    public void Take(OaiOutcome outcome)
    {
        Outcome = outcome.Errors is [var error, ..] ? OaiAccessOutcome.Of(error.Code) : OaiAccessOutcome.Ok;
        (Records, GoesOn) = (outcome.Records, outcome.GoesOn);
        (MetadataPrefix, SetSpec) = (outcome.MetadataPrefix ?? MetadataPrefix, outcome.Set ?? SetSpec);
    }

    private static string? Find(IReadOnlyList<OaiArgument> arguments, string name) =>
        arguments.FirstOrDefault(argument => argument.Name == name).Value is { } value ? OaiAccessText.Cut(value) : null;
}
