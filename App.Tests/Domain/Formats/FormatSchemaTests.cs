using System.Xml.Linq;
using System.Xml.Schema;
using AdminPortal.Domain.Formats;
using AdminPortal.Tests.Support;
using static AdminPortal.Tests.Domain.Formats.FormatSamples;

namespace AdminPortal.Tests.Domain.Formats;

/// <summary>Holds what crosswalks write against the schemas of the formats, as far as those are at hand.</summary>
public sealed class FormatSchemaTests
{
    private const string Kernel = "http://datacite.org/schema/kernel-4";
    private const string OaiDublinCore = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    private const int Rounds = 400;

    // The schemas for a format, and the namespace of the elements that they are for: an envelope without a schema still has contents with one.
    private static readonly Dictionary<string, (string Namespace, string[] Wrappers)> _schemas = new()
    {
        ["oai_dc"] = (OaiDublinCore, [Import(OaiDublinCore, "oai_dc.xsd")]),
        ["didl"] = (OaiDublinCore, [Import(OaiDublinCore, "oai_dc.xsd")]),
        ["qdc"] = ("http://dspace.org/qualifieddc/", ["""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://dspace.org/qualifieddc/"><xs:include schemaLocation="dc-2008/qualifieddc.xsd"/></xs:schema>"""]),
        ["oai_datacite"] = (Kernel, [Import(Kernel, "datacite-4.5/metadata.xsd"), Import(Kernel, "datacite-4.6/metadata.xsd")]),
        ["Datacite"] = (Kernel, [Import(Kernel, "datacite-4.5/metadata.xsd"), Import(Kernel, "datacite-4.6/metadata.xsd")]),
        ["marcxml"] = ("http://www.loc.gov/MARC21/slim", [Import("http://www.loc.gov/MARC21/slim", "marc/MARC21slim.xsd")]),
        ["mods"] = ("http://www.loc.gov/mods/v3", [Import("http://www.loc.gov/mods/v3", "mods/mods-3-8.xsd")]),
        ["xoai"] = ("http://www.lyncode.com/xoai", [Import("http://www.lyncode.com/xoai", "xoai.xsd")]),
        ["mets"] = ("http://www.loc.gov/METS/", [Import(("http://www.loc.gov/METS/", "mets/mets.xsd"), ("http://www.loc.gov/mods/v3", "mods/mods-3-8.xsd"))]),
    };

    public static TheoryData<string> WithSchema => [.. _schemas.Keys];

    public static TheoryData<string> Formats => [.. FormatCatalogue.BuiltIn.Select(crosswalk => crosswalk.Format.Prefix)];

    [Theory]
    [MemberData(nameof(WithSchema))]
    public void Write_TheSamples_AreValid(string prefix)
    {
        var (space, wrappers) = _schemas[prefix];
        foreach (var schemas in wrappers.Select(SharedSchemas.Load))
        {
            foreach (var (name, item) in All.Where(sample => Crosswalk(prefix).Fits(sample.Value)))
            {
                AssertValid(schemas, space, prefix, item, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(WithSchema))]
    public void Write_RandomItems_AreValid(string prefix)
    {
        var (space, wrappers) = _schemas[prefix];
        var schemas = SharedSchemas.Load(wrappers[0]);
        var random = new Random(20261122);
        for (var round = 0; round < Rounds; round++)
        {
            if (RandomFormatItems.Next(random) is var item && Crosswalk(prefix).Fits(item))
            {
                AssertValid(schemas, space, prefix, item, $"round {round}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_RandomItems_AreWellFormedAndKeepTheirSecrets(string prefix)
    {
        var random = new Random(7);
        var fitting = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var item = RandomFormatItems.Next(random);
            if (Crosswalk(prefix).Fits(item))
            {
                fitting++;
                var written = Write(prefix, item);
                var root = XDocument.Parse(written, LoadOptions.PreserveWhitespace).Root!;

                Assert.Equal(Crosswalk(prefix).Format.Namespace, root.Name.NamespaceName);
                Assert.DoesNotContain(RandomFormatItems.Secret, written);
                Assert.DoesNotContain("<?xml", written);
                Assert.DoesNotContain(root.DescendantsAndSelf(), element => element.Attributes().Any(attribute => attribute.Name == XNamespace.Xml + "lang" && LanguageTag.Find(attribute.Value) != attribute.Value));
            }
        }

        Assert.True(fitting > Rounds / 20, $"Only {fitting} items fit.");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_TheSameItemTwice_GivesTheSameBytes(string prefix) => Assert.Equal(Write(prefix, Thesis), Write(prefix, Thesis with { Values = [.. Thesis.Values] }));

    [Fact]
    public void Faults_OfAnElementThatTheSchemaDoesNotHave_AreFound()
    {
        var schemas = SharedSchemas.Load(_schemas["oai_dc"].Wrappers[0]);
        var root = XDocument.Parse(Write("oai_dc", Thesis)).Root!;
        root.Add(new XElement((XNamespace)FormatNames.Dc + "issued", "2024"));

        Assert.NotEmpty(SharedSchemas.Faults(schemas, root));
    }

    private static void AssertValid(XmlSchemaSet schemas, string space, string prefix, FormatItem item, string place)
    {
        var written = Write(prefix, item);
        var elements = XDocument.Parse(written, LoadOptions.PreserveWhitespace).Root!.DescendantsAndSelf()
            .Where(element => element.Name.NamespaceName == space && element.Parent?.Name.NamespaceName != space).ToList();

        Assert.NotEmpty(elements);
        foreach (var faults in elements.Select(element => SharedSchemas.Faults(schemas, element)))
        {
            Assert.True(faults.Count == 0, $"{prefix} of {place}: {string.Join(' ', faults)}\n{written}");
        }
    }

    private static string Import(string space, string file) => Import((space, file));

    private static string Import(params (string Namespace, string File)[] schemas) =>
        $"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{string.Concat(schemas.Select(schema => $"""<xs:import namespace="{schema.Namespace}" schemaLocation="{schema.File}"/>"""))}</xs:schema>""";
}
