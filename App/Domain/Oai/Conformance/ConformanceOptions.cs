using System.Xml.Schema;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>How far a check goes.</summary>
public sealed class ConformanceOptions
{
    /// <summary>The base URL that the provider should name as its own, where it is reached by another; null when it is the one that is asked.</summary>
    public string? PublicBaseUrl { get; init; }

    /// <summary>The schemas of the answers, <c>OAI-PMH.xsd</c> among them, compiled; null when there are none, and then the rules on validity are not applicable.</summary>
    public XmlSchemaSet? Schemas { get; init; }

    /// <summary>Asked before a redirect is followed; false keeps the check from going there. Null allows every http and https address.</summary>
    public Func<Uri, CancellationToken, ValueTask<bool>>? MayVisit { get; init; }

    /// <summary>Pages of one list that are read; of a longer list the rest is not seen.</summary>
    public int MostPages { get; init; } = 50;

    /// <summary>Requests of one check; rules that come after are not applicable.</summary>
    public int MostRequests { get; init; } = 4000;

    /// <summary>Bytes of one answer, packed or not, that are read.</summary>
    public int MostBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Redirects of one request that are followed.</summary>
    public int MostRedirects { get; init; } = 5;

    /// <summary>Records of one list whose metadata are kept and looked at.</summary>
    public int MostRecords { get; init; } = 500;

    /// <summary>Sets and formats that are harvested one by one, each.</summary>
    public int MostLists { get; init; } = 12;

    /// <summary>Records that are asked for one by one.</summary>
    public int Samples { get; init; } = 3;

    /// <summary>How long one answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the check waits for something: a busy provider (Retry-After), or a resumptionToken to expire.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(20);
}
