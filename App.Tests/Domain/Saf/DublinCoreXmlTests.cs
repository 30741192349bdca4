using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class DublinCoreXmlTests
{
    [Fact]
    public void Parse_ValuesOfAllForms_GivesThemInOrder()
    {
        var read = Parse("""
            <?xml version="1.0" encoding="utf-8"?>
            <dublin_core schema="dc">
              <dcvalue element="title" qualifier="none">A Tale of Two Cities</dcvalue>
              <dcvalue element="date" qualifier="issued">1990</dcvalue>
              <dcvalue element="title" qualifier="alternative" language=" fr ">J'aime les Printemps</dcvalue>
              <dcvalue element="contributor" qualifier="author" authority="orcid:1" confidence="600">Dickens &amp; Sons &#8212; &lt;x&gt;</dcvalue>
              <dcvalue element="subject" qualifier="" language="">  one  </dcvalue>
              <dcvalue element="subject">one</dcvalue>
            </dublin_core>
            """);

        Assert.Empty(read.Findings);
        Assert.Equal(
            [
                new(new() { Field = "dc.title", Value = "A Tale of Two Cities" }, 3),
                new(new() { Field = "dc.date.issued", Value = "1990" }, 4),
                new(new() { Field = "dc.title.alternative", Value = "J'aime les Printemps", Language = "fr" }, 5),
                new(new() { Field = "dc.contributor.author", Value = "Dickens & Sons — <x>", Authority = "orcid:1", Confidence = 600 }, 6),
                new(new() { Field = "dc.subject", Value = "one" }, 7),
                new DublinCoreValue(new MetadataValue { Field = "dc.subject", Value = "one" }, 8),
            ],
            read.Values);
    }

    [Theory]
    [InlineData("<![CDATA[a < b & c]]>", "a < b & c")]
    [InlineData("one<!-- two --> three", "one three")]
    [InlineData("one <?pi two?>three", "one three")]
    [InlineData("one <![CDATA[<two>]]> three", "one <two> three")]
    [InlineData("\n  first line\r\n  second line\n", "first line\n  second line")]
    [InlineData("a&#1;b&#x1F;c&#x85;d", "a b c d")]
    [InlineData("tab\tkept", "tab\tkept")]
    [InlineData("music \U0001D11E &#x1D11E; &#xD800;", "music \U0001D11E \U0001D11E \uFFFD")]
    public void Parse_TextOfAllForms_IsKeptWhole(string text, string expected)
    {
        var read = Parse($"<dublin_core><dcvalue element=\"title\">{text}</dcvalue></dublin_core>");

        Assert.Equal([expected], read.Values.Select(value => value.Metadata.Value));
        Assert.Empty(read.Findings);
    }

    [Fact]
    public void Parse_ElementsInsideAValue_KeepsTheirTextAndWarns()
    {
        var read = Parse("<dublin_core>\n<dcvalue element=\"title\">On <i>Homo <b>sapiens</b></i> today<br/></dcvalue>\n<dcvalue element=\"type\">Text</dcvalue>\n</dublin_core>");

        Assert.Equal(["On Homo sapiens today", "Text"], read.Values.Select(value => value.Metadata.Value));
        Assert.Equal(["i", "b", "br"], read.Findings.Select(finding => finding.Message.Split('<', '>')[1]));
        Assert.All(read.Findings, finding => Assert.Equal((Severity.Warning, 2), (finding.Severity, finding.Line)));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("windows-1250", false)]
    public void Parse_Encodings_AreAllRead(string name, bool withMark)
    {
        var encoding = name.StartsWith("windows", StringComparison.Ordinal) ? CodePagesEncodingProvider.Instance.GetEncoding(name)! : Encoding.GetEncoding(name);
        var xml = $"<?xml version=\"1.0\" encoding=\"{name.Replace("BE", "", StringComparison.Ordinal)}\"?>\r\n{SafPackageBuilder.Titled("Žluťoučký kůň")}";
        byte[] bytes = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(xml)];

        var read = DublinCoreXml.Parse(new MemoryStream(bytes), "item_1", "dublin_core.xml");

        Assert.Equal(["Žluťoučký kůň"], read.Values.Select(value => value.Metadata.Value));
        Assert.Empty(read.Findings);
    }

    [Fact]
    public void Parse_EmptyValues_AreDroppedWithAWord()
    {
        var read = Parse("<dublin_core>\n<dcvalue element=\"title\"/>\n<dcvalue element=\"date\" qualifier=\"issued\"> \n </dcvalue></dublin_core>");

        Assert.Empty(read.Values);
        Assert.Equal(
            [
                Found(Severity.Info, 2, "dc.title", "item_1/dublin_core.xml has an empty dc.title, which was left out.", null),
                Found(Severity.Info, 3, "dc.date.issued", "item_1/dublin_core.xml has an empty dc.date.issued, which was left out.", null),
            ],
            read.Findings);
    }

    [Theory]
    [InlineData("metadata_etd.xml", " schema=\"dcterms\"", "dcterms.title", null)]
    [InlineData("dublin_core.xml", " schema=\"etd\"", "etd.title", null)]
    [InlineData("metadata_dc.xml", "", "dc.title", null)]
    [InlineData("metadata_etd.xml", "", "dc.title", "item_1/metadata_etd.xml names no schema, so its values are taken for dc and not etd.")]
    [InlineData("metadata_etd.xml", " schema=\" \"", "dc.title", "item_1/metadata_etd.xml names no schema, so its values are taken for dc and not etd.")]
    public void Parse_Schema_AttributeBeatsFileName(string file, string attribute, string field, string? warning)
    {
        var read = Parse($"<dublin_core{attribute}><dcvalue element=\"title\">T</dcvalue></dublin_core>", file);

        Assert.Equal([field], read.Values.Select(value => value.Metadata.Field));
        Assert.Equal(warning, read.Findings.SingleOrDefault()?.Message);
    }

    [Fact]
    public void Parse_ManyFaults_FindsThemAllInOnePass()
    {
        var read = Parse("""
            <dublin_core shema="dc">
              <dcvalue elment="title">A</dcvalue>
              <dcvalu element="title">B</dcvalu>
              <dcvalue element="title" lang="en" xml:lang="en">C</dcvalue>
              stray
              <dcvalue element="type" confidence="high">D</dcvalue>
            </dublin_core>
            """);

        Assert.Equal(["C", "D"], read.Values.Select(value => value.Metadata.Value));
        Assert.Equal(
            [
                Found(Severity.Warning, 1, null, "item_1/dublin_core.xml has an unknown attribute shema, which was left out.", "Did you mean schema?"),
                Found(Severity.Warning, 2, null, "item_1/dublin_core.xml has an unknown attribute elment, which was left out.", "Did you mean element?"),
                Found(Severity.Error, 2, null, "item_1/dublin_core.xml has a value without the attribute element.", "Name the field's element, e.g. element=\"title\"."),
                Found(Severity.Warning, 3, null, "item_1/dublin_core.xml has an unknown element <dcvalu>, which was left out.", "Did you mean dcvalue?"),
                Found(Severity.Warning, 4, null, "item_1/dublin_core.xml has an unknown attribute lang, which was left out.", "Did you mean language?"),
                Found(Severity.Warning, 4, null, "item_1/dublin_core.xml has an unknown attribute xml:lang, which was left out.", "Did you mean language?"),
                Found(Severity.Warning, 4, null, "item_1/dublin_core.xml has text outside of <dcvalue>, which was left out.", "Put it into a <dcvalue>."),
                Found(Severity.Warning, 6, "dc.type", "item_1/dublin_core.xml gives dc.type the confidence high, which was left out.", "Write a number from -1 to 600."),
            ],
            read.Findings);
    }

    [Fact]
    public void Parse_AnotherRoot_IsAnError()
    {
        var read = Parse("<?xml version=\"1.0\"?>\n<metadata><dcvalue element=\"title\">A</dcvalue></metadata>");

        Assert.Empty(read.Values);
        Assert.Equal([Found(Severity.Error, 2, null, "The root element of item_1/dublin_core.xml is <metadata>, not <dublin_core>.", "Name it <dublin_core>.")], read.Findings);
    }

    [Theory]
    [InlineData("<dublin_core>\n<dcvalue element=\"title\">R & D</dcvalue></dublin_core>", 2, "Write a bare & as &amp;.")]
    [InlineData("<dublin_core>\n<dcvalue element=\"uri\">http://x/?a=1&b=2</dcvalue></dublin_core>", 2, "Write a bare & as &amp;.")]
    [InlineData("<dublin_core>\n<dcvalue element=\"uri\">AT&T</dcvalue></dublin_core>", 2, "Write a bare & as &amp;.")]
    [InlineData("<dublin_core>\n\n<dcvalue element=\"title\">a&nbsp;b</dcvalue></dublin_core>", 3, "Write a bare & as &amp;, and &nbsp; and the like as the character itself or its number, e.g. &#160;.")]
    [InlineData("<dublin_core>\n<dcvalue element=\"title\">1 < 2</dcvalue></dublin_core>", 2, "Write a bare < as &lt;.")]
    [InlineData("<dublin_core>\n<dcvalue element=\"title\">a</dublin_core>", 2, "End every element, e.g. <dcvalue element=\"title\">A title</dcvalue>.")]
    [InlineData("<dublin_core>\n", 2, "End every element, e.g. <dcvalue element=\"title\">A title</dcvalue>.")]
    [InlineData("", 1, "Fill the file; the least is <dublin_core></dublin_core>.")]
    [InlineData("<dublin_core/>\n<dublin_core/>", 2, "Keep one <dublin_core> and put every <dcvalue> into it.")]
    [InlineData("<dublin_core>\n<dcvalue element=\"title\">a\u0002b</dcvalue></dublin_core>", 2, "Remove the character.")]
    [InlineData("\n<?xml version=\"1.0\"?><dublin_core/>", 2, "Put <?xml …?> at the very start of the file.")]
    [InlineData("<dublin_core>\n<dcvalue element=title>a</dcvalue></dublin_core>", 2, "Write attributes as name=\"value\", each once.")]
    [InlineData("<dublin_core>\n<dcvalue element=\"title\" element=\"title\">a</dcvalue></dublin_core>", 2, "Write attributes as name=\"value\", each once.")]
    public void Parse_MalformedXml_NamesLineAndRemedy(string xml, int line, string remedy)
    {
        var read = Parse(xml);

        var finding = Assert.Single(read.Findings);
        Assert.Equal((Severity.Error, line, remedy), (finding.Severity, finding.Line, finding.Remedy));
        Assert.StartsWith("item_1/dublin_core.xml is not well-formed XML: ", finding.Message, StringComparison.Ordinal);
        Assert.False(read.IsHostile);
    }

    [Fact]
    public void Parse_BytesOfAnotherEncoding_AsksForUtf8()
    {
        var bytes = Encoding.Latin1.GetBytes("<dublin_core>\n<dcvalue element=\"title\">Müller und Söhne</dcvalue></dublin_core>");

        var read = DublinCoreXml.Parse(new MemoryStream(bytes), "item_1", "dublin_core.xml");

        Assert.Equal((2, "Save the file as UTF-8, or name its encoding in the first line."), (read.Findings[^1].Line, read.Findings[^1].Remedy));
        Assert.Empty(read.Values);
    }

    [Fact]
    public void Parse_FaultAfterGoodValues_KeepsWhatWasRead()
    {
        var read = Parse("<dublin_core>\n<dcvalue element=\"title\">A</dcvalue>\n<dcvalue elment=\"x\">B</dcvalue>\n<dcvalue element=\"type\">R&D</dcvalue></dublin_core>");

        Assert.Equal(["A"], read.Values.Select(value => value.Metadata.Value));
        Assert.Equal([2 + 1, 3, 4], read.Findings.Select(finding => finding.Line!.Value));
    }

    [Theory]
    [InlineData("<!DOCTYPE dublin_core>\n<dublin_core/>", 1)]
    [InlineData("<?xml version=\"1.0\"?>\n<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<dublin_core><dcvalue element=\"title\">&x;</dcvalue></dublin_core>", 2)]
    [InlineData("<?xml version=\"1.0\"?>\n\n<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<dublin_core><dcvalue element=\"title\">&b;</dcvalue></dublin_core>", 3)]
    public void Parse_Doctype_IsHostile(string xml, int line)
    {
        var read = Parse(xml);

        Assert.True(read.IsHostile);
        Assert.Empty(read.Values);
        Assert.Equal(
            [Found(Severity.Error, line, null, "item_1/dublin_core.xml has a document type declaration (DOCTYPE).", "Remove it; the format needs none, and attacks are made with it.")],
            read.Findings);
    }

    [Fact]
    public void Parse_SchemaRelation_GivesRelationships()
    {
        var read = Parse("""
            <dublin_core schema="relation">
              <dcvalue element="isAuthorOfPublication">5dace143-1238-4b4f-affb-ed559f9254bb</dcvalue>
              <dcvalue element="isOrgUnitOfPublication" qualifier="x">123456789/7</dcvalue>
              <dcvalue element="isProjectOfPublication">nobody</dcvalue>
            </dublin_core>
            """, "metadata_relation.xml");

        Assert.Empty(read.Values);
        Assert.Equal(
            [
                new("isAuthorOfPublication", SafTarget.Id, null, "5dace143-1238-4b4f-affb-ed559f9254bb", "metadata_relation.xml", 2),
                new SafRelationship("isOrgUnitOfPublication", SafTarget.Handle, null, "123456789/7", "metadata_relation.xml", 3),
            ],
            read.Relationships);
        Assert.Equal([(Severity.Error, 4)], read.Findings.Select(finding => (finding.Severity, finding.Line!.Value)));
    }

    private static DublinCore Parse(string xml, string file = "dublin_core.xml") =>
        DublinCoreXml.Parse(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "item_1", file);

    private static Finding Found(Severity severity, int line, string? field, string message, string? remedy) =>
        new() { Severity = severity, Item = "item_1", File = "dublin_core.xml", Line = line, Field = field, Message = message, Remedy = remedy };
}
