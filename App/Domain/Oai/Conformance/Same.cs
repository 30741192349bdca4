using System.Xml.Linq;

namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>Compares what answers say, whatever the prefixes, the time and the tokens in them.</summary>
internal static class Same
{
    /// <summary>Whether two answers give the same verb element, or the same errors.</summary>
    public static bool Answers(ProbeAnswer one, ProbeAnswer other) => (one.AnyAnswer, other.AnyAnswer) switch
    {
        ({ } a, { } b) => Elements(a, b),
        (null, null) => one.ErrorCodes.Count > 0 && one.ErrorCodes.SequenceEqual(other.ErrorCodes),
        _ => false,
    };

    /// <summary>Whether two elements say the same.</summary>
    public static bool Elements(XElement one, XElement other) => XNode.DeepEquals(Plain(one), Plain(other));

    /// <summary>The marks of the records on a page; null when the answer is none.</summary>
    public static IReadOnlyList<string>? Marks(ProbeAnswer answer) =>
        (answer.Answer("ListIdentifiers") ?? answer.Answer("ListRecords")) is { } list ? [.. SeenPage.Read(answer, list, 0).Headers.Select(header => header.Mark)] : null;

    /// <summary>Whether two pages hold the same records.</summary>
    public static bool Pages(ProbeAnswer one, ProbeAnswer other) => Marks(one) is { } a && Marks(other) is { } b && a.SequenceEqual(b);

    private static XElement Plain(XElement element) => new(
        element.Name,
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).OrderBy(attribute => attribute.Name.ToString(), StringComparer.Ordinal),
        element.Nodes().Where(node => node is XText || (node is XElement each && each.Name != OaiNames.Oai + "resumptionToken")).Select(node => node is XElement each ? Plain(each) : node));
}
