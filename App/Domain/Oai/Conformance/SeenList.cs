using System.Xml.Linq;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>A header as it was seen, with its record where one came with it.</summary>
internal sealed record SeenHeader(string Identifier, string Datestamp, IReadOnlyList<string> Sets, bool IsDeleted, XElement? Record)
{
    /// <summary>What two sightings of an unchanged record have in common.</summary>
    public string Mark => $"{Identifier} {Datestamp}{(IsDeleted ? " deleted" : "")}";

    /// <summary>Whether it shows a set or one below it.</summary>
    public bool IsIn(string set) => Sets.Any(each => each == set || each.StartsWith(set + ":", StringComparison.Ordinal));

    public static SeenHeader Read(XElement header, XElement? record) => new(
        (string?)header.Element(OaiNames.Oai + "identifier") ?? "", (string?)header.Element(OaiNames.Oai + "datestamp") ?? "",
        [.. header.Elements(OaiNames.Oai + "setSpec").Select(set => set.Value)], (string?)header.Attribute("status") == "deleted", record);
}

/// <summary>A page of a list.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Entries">How many records, headers or sets it holds.</param>
/// <param name="Headers">Its headers; none for ListSets.</param>
/// <param name="Token">Its <c>resumptionToken</c> element; null when it has none.</param>
internal sealed record SeenPage(string Request, int Entries, IReadOnlyList<SeenHeader> Headers, XElement? Token)
{
    /// <summary>The token by which the list goes on; null on the last page.</summary>
    public string? Next => Token?.Value is { Length: > 0 } token ? token : null;

    /// <summary>A number among the attributes of the token; null when it is not given.</summary>
    public string? OfToken(string attribute) => (string?)Token?.Attribute(attribute);

    public static SeenPage Read(ProbeAnswer answer, XElement list, int mostRecords)
    {
        List<SeenHeader> headers = [];
        foreach (var entry in list.Elements())
        {
            if (entry.Name == OaiNames.Oai + "header")
            {
                headers.Add(SeenHeader.Read(entry, null));
            }
            else if (entry.Name == OaiNames.Oai + "record")
            {
                // A copy, so that the page itself need not be kept.
                headers.Add(SeenHeader.Read(entry.Element(OaiNames.Oai + "header") ?? new XElement("none"), headers.Count < mostRecords ? new XElement(entry) : null));
            }
        }

        var token = list.Element(OaiNames.Oai + "resumptionToken");
        return new(answer.Request.ToString(), list.Elements().Count(entry => entry.Name.LocalName != "resumptionToken"), headers, token is null ? null : new XElement(token));
    }
}

/// <summary>A list, read page by page as far as the limits go.</summary>
internal sealed class SeenList
{
    private SeenList(string arguments, bool isSelective) => (Arguments, IsSelective) = (arguments, isSelective);

    /// <summary>The arguments of its first page.</summary>
    public string Arguments { get; }

    public string Verb => RawQuery.Read(Arguments)[0].Value;

    /// <summary>Whether it was asked with a set, from or until.</summary>
    public bool IsSelective { get; }

    public List<SeenPage> Pages { get; } = [];

    /// <summary>All headers, in order.</summary>
    public List<SeenHeader> Headers { get; } = [];

    /// <summary>The error that came instead of the first page; e.g. noRecordsMatch.</summary>
    public string? Error { get; private set; }

    /// <summary>What was expected and what came, where the list broke off; otherwise null.</summary>
    public ConformanceFailure? Break { get; private set; }

    /// <summary>Whether there are more pages than may be read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether everything of it was seen, be it nothing at all.</summary>
    public bool IsWhole => Break is null && !IsCut && Error is null or "noRecordsMatch" or "noSetHierarchy";

    public IEnumerable<SeenHeader> Live => Headers.Where(header => !header.IsDeleted);

    public static async Task<SeenList> ReadAsync(OaiProbe probe, string arguments, ConformanceOptions options, CancellationToken cancellationToken)
    {
        var given = RawQuery.Read(arguments);
        var list = new SeenList(arguments, given.Any(argument => argument.Name is "set" or "from" or "until"));
        HashSet<string> tokens = [];
        for (var next = arguments; next is not null;)
        {
            if (list.Pages.Count == options.MostPages)
            {
                list.IsCut = true;
                return list;
            }

            var answer = await probe.SendAsync(ProbeRequest.Get(next), cancellationToken);
            next = list.Take(answer, options.MostRecords - list.Headers.Count) is { } token ? RawQuery.Of(list.Verb, ("resumptionToken", token)) : null;
            if (next is not null && !tokens.Add(next))
            {
                list.Break = new ConformanceFailure(answer.Request.ToString(), "a resumptionToken that was not given before", "one that was, so that the list never ends");
                return list;
            }
        }

        return list;
    }

    // The token of the next page; null when there is none.
    private string? Take(ProbeAnswer answer, int mostRecords)
    {
        if (answer.Answer(Verb) is not { } element)
        {
            if (Pages.Count == 0 && answer.ErrorCodes.Count > 0)
            {
                Error = answer.ErrorCodes[0];
            }
            else
            {
                Break = new ConformanceFailure(answer.Request.ToString(), $"a page of {Verb}", answer.Describe());
            }

            return null;
        }

        var page = SeenPage.Read(answer, element, mostRecords);
        Pages.Add(page);
        Headers.AddRange(page.Headers);
        if (page.Entries == 0)
        {
            Break = new ConformanceFailure(page.Request, "at least one entry on the page", "none");
            return null;
        }

        return page.Next;
    }
}
