using System.Text.RegularExpressions;
using System.Xml.Linq;
using static AdminPortal.Domain.Oai.Conformance.RuleLevel;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>The descriptions that Identify may hold.</summary>
internal static partial class DescriptionRules
{
    private const string None = "Identify has no such description.";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("I11", Must, "Each description holds one element of a foreign namespace with a schemaLocation.") { Check = Told(Foreign) },
        new("I12", Must, "An oai-identifier description has the scheme oai, a repositoryIdentifier, a delimiter, and a sampleIdentifier that matches them.") { Check = Told(Identifier) },
        new("I13", Should, "The sampleIdentifier is that of a record, and all identifiers follow the scheme.") { Check = IdentifiersAsync },
        new("I14", Should, "Descriptions of eprints, branding and friends have the structure of the guidelines.") { Check = Told(Guidelines) },
    ];

    private static Func<Examination, CancellationToken, Task> Told(Action<Examination> check) => (x, _) =>
    {
        x.Name(x.Run.Facts.Answer.Request.ToString());
        x.Skip(None);
        check(x);
        return Task.CompletedTask;
    };

    private static void Foreign(Examination x)
    {
        foreach (var description in x.Run.Facts.Descriptions)
        {
            if (x.Demand(OaiNames.HoldsOneForeign(description), x.Run.Facts.Answer, "a description with one element of a foreign namespace", Names(description)))
            {
                var element = description.Elements().Single();
                x.Demand(OaiNames.HasSchemaLocation(element), x.Run.Facts.Answer, $"a schemaLocation for {element.Name.NamespaceName}", "none");
            }
        }
    }

    private static void Identifier(Examination x)
    {
        if (x.Run.Facts.Description(OaiNames.OaiIdentifier + "oai-identifier") is not { } description)
        {
            return;
        }

        string Value(string name) => (string?)description.Element(OaiNames.OaiIdentifier + name) ?? "";
        var answer = x.Run.Facts.Answer;
        x.Demand(description.Elements().Select(element => element.Name.LocalName).SequenceEqual(["scheme", "repositoryIdentifier", "delimiter", "sampleIdentifier"]), answer,
            "scheme, repositoryIdentifier, delimiter and sampleIdentifier", Names(description));
        x.Demand(Value("scheme") == "oai", answer, "the scheme oai", $"\"{Value("scheme")}\"");
        x.Demand(Domain().IsMatch(Value("repositoryIdentifier")), answer, "a repositoryIdentifier that is a domain name", $"\"{Value("repositoryIdentifier")}\"");
        x.Demand(Value("delimiter") == ":", answer, "the delimiter :", $"\"{Value("delimiter")}\"");
        x.Demand(Value("sampleIdentifier").StartsWith($"oai:{Value("repositoryIdentifier")}:", StringComparison.Ordinal) && Sample().IsMatch(Value("sampleIdentifier")), answer,
            $"a sampleIdentifier that begins with oai:{Value("repositoryIdentifier")}:", $"\"{Value("sampleIdentifier")}\"");
    }

    private static async Task IdentifiersAsync(Examination x, CancellationToken cancellationToken)
    {
        if (x.Run.Facts.Description(OaiNames.OaiIdentifier + "oai-identifier") is not { } description)
        {
            x.Skip(None);
            return;
        }

        var list = x.Use(await x.Run.HeadersAsync(cancellationToken));
        var start = $"oai:{(string?)description.Element(OaiNames.OaiIdentifier + "repositoryIdentifier")}:";
        foreach (var header in list.Headers)
        {
            x.Demand(header.Identifier.StartsWith(start, StringComparison.Ordinal), list.Pages[0].Request, $"identifiers that begin with {start}", header.Identifier);
        }

        if (list.Headers.Count == 0)
        {
            x.Skip("There are no records.");
            return;
        }

        var sample = (string?)description.Element(OaiNames.OaiIdentifier + "sampleIdentifier") ?? "";
        x.DemandAnswer(await x.GetAsync(RawQuery.Of("GetRecord", ("identifier", sample), ("metadataPrefix", OaiNames.DublinCorePrefix)), cancellationToken), "GetRecord");
    }

    private static void Guidelines(Examination x)
    {
        var answer = x.Run.Facts.Answer;
        if (x.Run.Facts.Description(OaiNames.Eprints + "eprints") is { } eprints)
        {
            x.Demand(Shape().IsMatch(Shorten(eprints)) && eprints.Elements().All(element => element.Name.Namespace == OaiNames.Eprints), answer,
                "eprints with content, metadataPolicy, dataPolicy, submissionPolicy, comment, of which the policies for metadata and data must be there", Names(eprints));
        }

        if (x.Run.Facts.Description(OaiNames.Friends + "friends") is { } friends)
        {
            x.Demand(
                friends.Elements().Any() && friends.Elements().All(friend => friend.Name == OaiNames.Friends + "baseURL" && Uri.TryCreate(friend.Value.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"),
                answer, "friends with baseURLs", string.Join(", ", friends.Elements().Select(friend => $"{friend.Name.LocalName} \"{friend.Value}\"")));
        }

        if (x.Run.Facts.Description(OaiNames.Branding + "branding") is { } branding)
        {
            x.Demand(branding.Elements().All(IsBranding), answer, "branding with collectionIcon (url, link, title, width, height) and metadataRendering", Names(branding));
        }
    }

    private static bool IsBranding(XElement element) => element.Name == OaiNames.Branding + "collectionIcon"
        ? element.Elements().FirstOrDefault()?.Name == OaiNames.Branding + "url"
            && element.Elements().All(part => part.Name.Namespace == OaiNames.Branding && part.Name.LocalName is "url" or "link" or "title" or "width" or "height")
        : element.Name == OaiNames.Branding + "metadataRendering" && element.Attribute("metadataNamespace") is not null && element.Attribute("mimeType") is not null;

    // content metadataPolicy dataPolicy submissionPolicy comment → "content metadataPolicy dataPolicy submissionPolicy comment "
    private static string Shorten(XElement eprints) => string.Concat(eprints.Elements().Select(element => element.Name.LocalName + " "));

    private static string Names(XElement element) => element.HasElements ? string.Join(", ", element.Elements().Select(each => each.Name.LocalName)) : "no element";

    [GeneratedRegex("^(content )?metadataPolicy dataPolicy (submissionPolicy )?(comment )*$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+\z")]
    private static partial Regex Domain();

    [GeneratedRegex(@"^oai:[^:\s]+:[a-zA-Z0-9\-_.!~*'();/?:@&=+$,%]+\z")]
    private static partial Regex Sample();
}
