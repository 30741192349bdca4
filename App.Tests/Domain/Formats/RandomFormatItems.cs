using System.Text;
using AdminPortal.Domain.Formats;
using AdminPortal.Domain.Items;

namespace AdminPortal.Tests.Domain.Formats;

/// <summary>Items with the oddest values that can be stored, and some that should not have been.</summary>
internal static class RandomFormatItems
{
    /// <summary>Stands in all that must not leave, and nowhere else.</summary>
    public const string Secret = "s3cr3t";

    private static readonly string[] _fields =
    [
        "dc.title", "dc.title.alternative", "dc.contributor.author", "dc.contributor.editor", "dc.contributor.other", "dc.creator", "dc.date.issued", "dc.date.available", "dc.date", "dc.description",
        "dc.description.abstract", "dc.description.sponsorship", "dc.description.version", "dc.format.extent", "dc.format.medium", "dc.format.mimetype", "dc.identifier.doi", "dc.identifier.uri", "dc.identifier.isbn",
        "dc.identifier.issn", "dc.identifier.citation", "dc.identifier", "dc.language.iso", "dc.language", "dc.publisher", "dc.relation", "dc.relation.ispartof", "dc.relation.issn", "dc.relation.uri", "dc.relation.references",
        "dc.rights", "dc.rights.uri", "dc.rights.license", "dc.rights.holder", "dc.source", "dc.subject", "dc.subject.ddc", "dc.subject.lcsh", "dc.subject.local.odd", "dc.type", "dc.coverage.spatial", "dc.coverage.temporal",
        "dc.provenance", "dcterms.license", "dcterms.audience", "dcterms.isPartOf", "dcterms.date", "dcterms.unknown", "oaire.awardNumber", "oaire.awardURI", "oaire.awardTitle", "datacite.geoLocation", "thesis.degree.name", "local", "local.", ".x",
    ];

    private static readonly string[] _values =
    [
        "plain", "Doe, Jane", "2024", "2024-02-30", "2024-05-06T07:08:09Z", "2024-05-06T07:08:09+99:99", "Thesis", "Dataset", "Text", "en", "en_US", "x", "*", "ISBN 978-3-16-148410-0", "1234-567X", "10.5072/a<b>&\"c", "https://doi.org/10.5072/x",
        "https://example.org/ä?q=a b", "https://example.org/ä?q=[|]^`{}\"<>", "http://", "https://example.org:99999/", "http://[::1", "http://a\u0001b/", "https://creativecommons.org/licenses/by/4.0/", "urn:x:y", "urn::::", "info:eu-repo/semantics/openAccess", "hdl:1/2", "#", "%", "%zz", "::", "http://%zz/%",
        "]]>", "<!--", "-->", "<![CDATA[", "&amp;", "&#0;", "<?xml version=\"1.0\"?>".Replace("<?", "< ?", StringComparison.Ordinal), "application/pdf; charset=\"x\"", "川と🌊", "e\u0301", "\u202Eabc", "\u0085\u2028", "", " ", "\t\n", "\uFEFF",
    ];

    private static readonly string[] _languages = ["en", "pt_BR", "*", "", "x", "x-a", "not a language", "en\u0001", "toolongforatag", "de-"];

    public static FormatItem Next(Random random) => new()
    {
        Id = Guid.NewGuid(),
        Handle = $"123456789/{random.Next(1000)}{Pick(random, ["", "", ".a", "(b)&<c>\""])}",
        Url = $"https://hdl.handle.net/123456789/{random.Next(1000)}",
        Created = DateTimeOffset.UnixEpoch.AddDays(random.Next(20_000)),
        Collections = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Text(random))],
        Repository = Pick(random, ["", "Repository", "\u0001", Text(random)]),
        Values = [.. Values(random)],
        Files = [.. Enumerable.Range(0, random.Next(4)).Select(_ => File(random))],
    };

    private static IEnumerable<MetadataValue> Values(Random random)
    {
        // Half of the items have what the choosier formats ask for.
        if (random.Next(2) == 0)
        {
            yield return Value(random, "dc.title", "A title");
            yield return Value(random, "dc.contributor.author", "Doe, Jane");
            yield return Value(random, "dc.date.issued", "2024");
            yield return Value(random, "dc.type", Pick(random, ["Thesis", "Dataset", "Odd"]));
            yield return Value(random, "dc.publisher", "A publisher");
        }

        yield return Value(random, "dc.description.provenance", Secret);
        yield return Value(random, Pick(random, _fields), $"Write to {Secret}@example.org");
        for (var count = random.Next(60); count > 0; count--)
        {
            yield return Value(random, Pick(random, _fields), Text(random));
        }
    }

    private static MetadataValue Value(Random random, string field, string text) => new()
    {
        Field = field,
        Value = text,
        Language = random.Next(2) == 0 ? null : Pick(random, _languages),
        Authority = random.Next(3) == 0 ? Pick(random, ["0000-0002-1825-0097", "a\u0001\"<&", ""]) : null,
        Confidence = random.Next(2) == 0 ? 600 : null,
    };

    private static FormatFile File(Random random) => new(Text(random), Pick(random, ["application/pdf", "", "text/csv", Text(random)]), random.NextInt64(1L << 40), random.Next(2) == 0)
    {
        Url = random.Next(2) == 0 ? null : Pick(random, ["https://example.org/f", Pick(random, _values)]),
        Md5 = random.Next(2) == 0 ? null : "0123456789abcdef0123456789abcdef",
    };

    private static string Text(Random random)
    {
        if (random.Next(3) > 0)
        {
            return Pick(random, _values) + (random.Next(4) == 0 ? Pick(random, _values) : "");
        }

        // Any code units, halves of pairs and all.
        var text = new StringBuilder();
        for (var length = random.Next(12); length > 0; length--)
        {
            text.Append((char)(random.Next(3) switch { 0 => random.Next(0x80), 1 => random.Next(0xD7F0, 0xE010), _ => random.Next(0x10000) }));
        }

        return text.ToString();
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
