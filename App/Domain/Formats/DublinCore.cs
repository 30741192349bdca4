namespace AdminPortal.Domain.Formats;

/// <summary>One thing that Dublin Core says of an item.</summary>
/// <param name="Rank">Its place in the order of the terms.</param>
/// <param name="Element">The one of the fifteen elements that it is or refines; empty when there is none.</param>
/// <param name="Term">The term of <c>http://purl.org/dc/terms/</c>, e.g. <c>issued</c>.</param>
/// <param name="Text">What is said; never empty.</param>
/// <param name="Language">The language of the text; null when it is not known.</param>
/// <param name="Scheme">The encoding scheme that the text keeps to, e.g. <c>W3CDTF</c>; null for none.</param>
internal sealed record DublinCoreStatement(int Rank, string Element, string Term, string Text, string? Language, string? Scheme);

/// <summary>Describes items by Dublin Core. What an item says itself comes from its values; links, files and access are added.</summary>
internal static class DublinCore
{
    private static readonly HashSet<string> _types = ["Collection", "Dataset", "Event", "Image", "InteractiveResource", "MovingImage", "PhysicalObject", "Service", "Software", "Sound", "StillImage", "Text"];

    private static readonly Dictionary<string, string> _subjectSchemes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dc.subject.ddc"] = "DDC",
        ["dc.subject.lcc"] = "LCC",
        ["dc.subject.lcsh"] = "LCSH",
        ["dc.subject.mesh"] = "MESH",
    };

    /// <summary>Everything that can be said of an item, in the order of the elements and terms.</summary>
    public static IEnumerable<DublinCoreStatement> Describe(FormatItem item)
    {
        var values = item.Leaving;
        List<DublinCoreStatement> statements = [.. Title(item, values), New("identifier", item.Url)];
        foreach (var value in values.All)
        {
            // The handle is said once, and as the portal links to it now.
            if (DublinCoreTerms.Find(value.Field) is var (rank, element, term) && !(term == "identifier" && IsOwnHandle(value.Value, item)))
            {
                var text = Text(value.Field, term, value.Value);
                statements.Add(new(rank, element, term, text, value.Language, Scheme(value.Field, element, text)));
            }
        }

        statements.AddRange(Files(item));
        if (!statements.Exists(statement => statement.Element == "rights" && AccessRight.IsSaidBy(statement.Text)))
        {
            statements.Add(New("accessRights", AccessRight.Of(item).Uri));
        }

        return statements.OrderBy(statement => statement.Rank);
    }

    // A record without a title is refused by many, and the handle names the item at least.
    private static IEnumerable<DublinCoreStatement> Title(FormatItem item, FormatValues values) =>
        values.All.Any(value => DublinCoreTerms.Find(value.Field) is { Element: "title" }) ? [] : [New("title", item.Handle)];

    private static IEnumerable<DublinCoreStatement> Files(FormatItem item)
    {
        var types = item.Files.Select(file => FormatValues.Text(file.MediaType)).Where(type => type.Length > 0).Distinct(StringComparer.Ordinal);
        foreach (var type in types)
        {
            yield return New("format", type) with { Scheme = "IMT" };
        }

        if (item.Files.Count > 0)
        {
            yield return New("extent", FileSize.Text(item));
        }
    }

    private static DublinCoreStatement New(string name, string text)
    {
        var (rank, element, term) = DublinCoreTerms.Of(name);
        return new(rank, element, term, text, null, Scheme("", element, text));
    }

    private static string Text(string field, string term, string text) => term switch
    {
        "identifier" or "source" or "isPartOf" => Identifiers.Resolvable(field, text),
        "language" => LanguageTag.Find(text) ?? text,
        _ when DublinCoreTerms.Of(term).Element == "relation" => Identifiers.Resolvable(field, text),
        _ when DublinCoreTerms.Of(term).Element == "date" => W3cDate.Day(text),
        _ => text,
    };

    private static string? Scheme(string field, string element, string text) => element switch
    {
        "subject" => _subjectSchemes.GetValueOrDefault(field),
        "date" => W3cDate.IsDate(text) ? "W3CDTF" : null,
        "type" => _types.Contains(text) ? "DCMIType" : null,
        "language" => LanguageTag.Find(text) == text ? "RFC4646" : null,
        "identifier" or "source" or "relation" or "rights" => WebAddress.Find(text) == text ? "URI" : null,
        _ => null,
    };

    private static bool IsOwnHandle(string text, FormatItem item) => text == item.Url || text == item.Handle || Identifiers.Handle(text) == item.Handle;
}
