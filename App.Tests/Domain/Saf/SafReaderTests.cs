using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafReaderTests : IDisposable
{
    private static readonly MetadataFields _fields = new(
        ["dc.title", "dc.title.alternative", "dc.date.issued", "dc.contributor.author", "dcterms.title", "etd.degree.level", "dspace.entity.type", "iiif.label"]);

    private readonly SafPackageBuilder _builder = new();

    public void Dispose() => _builder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_WholeItem_GivesEverythingItSays(bool asZip)
    {
        _builder.With("item_0/dublin_core.xml", SafPackageBuilder.DublinCore("""<dcvalue element="title" language="en">T</dcvalue><dcvalue element="Date" qualifier="issued">1990</dcvalue>"""))
            .With("item_0/metadata_etd.xml", SafPackageBuilder.DublinCore("""<dcvalue element="degree" qualifier="level">Masters</dcvalue>""", "etd"))
            .With("item_0/metadata_dcterms.xml", SafPackageBuilder.DublinCore("""<dcvalue element="title">T2</dcvalue>""", "dcterms"))
            .With("item_0/metadata_dspace.xml", SafPackageBuilder.DublinCore("""<dcvalue element="entity" qualifier="type">Publication</dcvalue>""", "dspace"))
            .With("item_0/metadata_relation.xml", SafPackageBuilder.DublinCore("""<dcvalue element="isAuthorOfPublication">123456789/7</dcvalue>""", "relation"))
            .With("item_0/contents", "\uFEFFa.pdf\tdescription:Full text\tprimary:true\tiiif-label:L\r\nsub/b.txt\tbundle:TEXT\tpermissions:-r 'Staff'\r\n-r -s 1 -f x/c.pdf\r\n")
            .With("item_0/a.pdf", "12345").With("item_0/sub/b.txt", "b").With("item_0/collections", "123456789/2\n123456789/3\n")
            .With("item_0/handle", "123456789/42\n").With("item_0/relationships", "relation.isAuthorOfPublication folderName:item_1").WithItem("item_1");
        using var package = _builder.Open(asZip);

        var item = Read(package);

        Assert.Empty(item.Findings);
        Assert.False(item.HasErrors);
        Assert.Equal("item_0", item.Name);
        Assert.Equal(
            [
                new() { Field = "dc.title", Value = "T", Language = "en" },
                new() { Field = "dc.date.issued", Value = "1990" },
                new() { Field = "dcterms.title", Value = "T2" },
                new() { Field = "dspace.entity.type", Value = "Publication" },
                new MetadataValue { Field = "etd.degree.level", Value = "Masters" },
            ],
            item.Metadata);
        Assert.Equal(
            [("a.pdf", "ORIGINAL", "Full text", true, 5L, 1), ("sub/b.txt", "TEXT", null, false, 1L, 2), ("c.pdf", "ORIGINAL", null, false, 0L, 3)],
            item.Files.Select(file => (file.Name, file.Bundle, file.Description, file.IsPrimary, file.Length, file.Line)));
        Assert.Equal([new MetadataValue { Field = "iiif.label", Value = "L" }], item.Files[0].Metadata);
        Assert.Equal([new SafPermission(SafAction.Read, "Staff")], item.Files[1].Permissions);
        Assert.Equal(new SafRegistered(1, "x/c.pdf"), item.Files[2].Registered);
        Assert.Equal(["123456789/2", "123456789/3"], item.Collections);
        Assert.Equal("123456789/42", item.Handle);
        Assert.Equal(
            [
                new("isAuthorOfPublication", SafTarget.Handle, null, "123456789/7", "metadata_relation.xml", 2),
                new SafRelationship("isAuthorOfPublication", SafTarget.Directory, null, "item_1", "relationships", 1),
            ],
            item.Relationships);
        using var reader = new StreamReader(package.OpenFile(package.Items[0], item.Files[0].Entry!.Value));
        Assert.Equal("12345", reader.ReadToEnd());
    }

    [Fact]
    public void Read_FaultsInEveryFile_FindsThemAllInOnePass()
    {
        _builder.With("item_0/dublin_core.xml", SafPackageBuilder.DublinCore("<dcvalue element=\"titel\">T</dcvalue>\n<dcvalue element=\"x\" qualifier=\"y\">1</dcvalue>"))
            .With("item_0/metadata_foo.xml", SafPackageBuilder.DublinCore("<dcvalue element=\"bar\">1</dcvalue>", "foo"))
            .With("item_0/contents", "missing.pdf\na.pdf\tbundel:X\tiiif-toc:T\n").With("item_0/A.pdf", "1").With("item_0/b.pdf", "1")
            .With("item_0/collections", "17").With("item_0/handle", "\n").With("item_0/relationships", "isPartOf folderName:item_9");
        using var package = _builder.Open();

        var item = Read(package);

        Assert.Equal(
            [
                Found(Severity.Error, "dublin_core.xml", 2, "dc.titel", "item_0/dublin_core.xml uses dc.titel, which is not registered.", "Did you mean dc.title? Otherwise register it on the page Metadata registry."),
                Found(Severity.Error, "dublin_core.xml", 3, "dc.x.y", "item_0/dublin_core.xml uses dc.x.y, which is not registered.", "Register it on the page Metadata registry, or use another field."),
                Found(Severity.Error, "metadata_foo.xml", 2, "foo.bar", "item_0/metadata_foo.xml uses foo.bar, but no schema foo is registered.", "Register the schema and the field on the page Metadata registry, or correct the schema."),
                Found(Severity.Warning, "dublin_core.xml", null, "dc.title", "item_0/dublin_core.xml has no dc.title.", "Add one, or leave item_0 out."),
                Found(Severity.Warning, "contents", 2, "bundel", "Line 2 of item_0/contents has the unknown option bundel, which was left out.", "Did you mean bundle:?"),
                Found(Severity.Error, "contents", 2, "iiif.toc", "item_0/contents uses iiif.toc, which is not registered.", "Register it on the page Metadata registry, or use another field."),
                Found(Severity.Error, "contents", 1, null, "item_0/contents lists missing.pdf, which is not in the package.", "Add the file, or remove the line."),
                Found(Severity.Error, "contents", 2, null, "item_0/contents lists a.pdf, which is not in the package.", "Did you mean A.pdf? Otherwise add the file, or remove the line."),
                Found(Severity.Warning, "contents", null, null, "item_0 has files that contents does not list: A.pdf, b.pdf.", "Add them to contents, or remove them."),
                Found(Severity.Error, "collections", 1, null, "item_0/collections has 17, which is neither a handle nor an id.", "Write a handle such as 123456789/2, or the collection's id, alone on line 1."),
                Found(Severity.Error, "handle", 1, null, "The first line of item_0/handle is blank.", "Write the handle there, or remove the file."),
                Found(Severity.Error, "relationships", 1, "isPartOf", "item_0/relationships names the directory item_9, which is not in the package.", "Correct the name, or add that item."),
            ],
            item.Findings);
        Assert.True(item.HasErrors);
    }

    [Fact]
    public void Read_NoDublinCore_IsAnErrorOnly()
    {
        _builder.With("item_0/metadata_dcterms.xml", SafPackageBuilder.DublinCore("<dcvalue element=\"title\">T</dcvalue>", "dcterms"));
        using var package = _builder.Open();

        Assert.Equal([Found(Severity.Error, "dublin_core.xml", null, null, "item_0 has no dublin_core.xml.", "Add one, or leave item_0 out.")], Read(package).Findings);
    }

    [Fact]
    public void Read_DublinCoreInOtherLetters_AsksToRenameIt()
    {
        _builder.With("item_0/Dublin_Core.XML", SafPackageBuilder.Titled("T"));
        using var package = _builder.Open();

        Assert.Equal("Rename Dublin_Core.XML to dublin_core.xml.", Read(package).Findings[0].Remedy);
    }

    [Fact]
    public void Read_BrokenXml_DoesNotAlsoMissTheTitle()
    {
        _builder.With("item_0/dublin_core.xml", "<dublin_core><dcvalue element=\"title\">R & D</dcvalue></dublin_core>");
        using var package = _builder.Open();

        Assert.Equal(["Write a bare & as &amp;."], Read(package).Findings.Select(finding => finding.Remedy));
    }

    [Fact]
    public void Read_Doctype_MarksTheItemAsHostile()
    {
        _builder.WithItem("item_0").With("item_0/metadata_dcterms.xml", "<!DOCTYPE x><dublin_core schema=\"dcterms\"/>");
        using var package = _builder.Open();

        var item = Read(package);

        Assert.True(item.IsHostile);
        Assert.True(item.HasErrors);
    }

    [Fact]
    public void Read_NoContents_IsFineForMetadataAlone()
    {
        _builder.WithItem("item_0").With("item_0/handle", "1/2").With("item_0/collections", "1/3").With("item_0/.DS_Store");
        using var package = _builder.Open();

        Assert.Empty(Read(package).Findings);
    }

    [Fact]
    public void Read_NoContentsButFiles_IsAnError()
    {
        _builder.WithItem("item_0").With("item_0/a.pdf").With("item_0/sub/b.pdf");
        using var package = _builder.Open();

        Assert.Equal(
            [Found(Severity.Error, "contents", null, null, "item_0 has files but no contents that lists them: a.pdf, sub/b.pdf.", "Write each name on a line of a file named contents, or remove the files.")],
            Read(package).Findings);
    }

    [Theory]
    [InlineData("../item_1/contents", "item_0/contents lists ../item_1/contents, which lies outside of item_0.")]
    [InlineData("../item_00/x", "item_0/contents lists ../item_00/x, which lies outside of item_0.")]
    [InlineData("/etc/passwd", "item_0/contents lists /etc/passwd, which lies outside of item_0.")]
    [InlineData("C:\\a.pdf", "item_0/contents lists C:\\a.pdf, which lies outside of item_0.")]
    [InlineData("sub", "item_0/contents lists sub, which is a directory.")]
    [InlineData("sub/", "item_0/contents lists sub/, which is a directory.")]
    [InlineData("a.pdf  bundle:TEXT", "Line 1 of item_0/contents has a space after a.pdf where a TAB belongs.")]
    [InlineData("my file.pdf description:x", "Line 1 of item_0/contents has a space after my file.pdf where a TAB belongs.")]
    public void Read_ListedFileThatCannotBeMeant_IsAnError(string line, string expected)
    {
        _builder.WithItem("item_0", "a.pdf", "my file.pdf", "sub/b.pdf").With("item_0/contents", line).WithItem("item_1", "c.pdf").WithItem("item_00");
        using var package = _builder.Open(asZip: false);

        var item = Read(package);

        var finding = item.Findings.Single(finding => finding.Severity == Severity.Error);
        Assert.Equal((expected, 1), (finding.Message, finding.Line));
        Assert.Empty(item.Files);
    }

    [Theory]
    [InlineData("sub\\b.pdf", "sub/b.pdf", 0)]
    [InlineData("./a.pdf", "a.pdf", 0)]
    [InlineData("sub/../a.pdf", "a.pdf", 0)]
    [InlineData("a.pdf ", "a.pdf", 1)]
    [InlineData("x bundle:y.pdf", "x bundle:y.pdf", 0)]
    public void Read_NameWrittenAnotherWay_IsFound(string line, string name, int warnings)
    {
        _builder.WithItem("item_0", "a.pdf", "sub/b.pdf", "x bundle:y.pdf").With("item_0/contents", line + "\n");
        using var package = _builder.Open();

        var item = Read(package);

        Assert.Equal([(name, name)], item.Files.Select(file => (file.Name, file.Entry!.Value.Name)));
        Assert.Equal(warnings, item.Findings.Count(finding => finding.Line == 1));
    }

    [Fact]
    public void Read_AccentsTakenApart_AreFoundByTheirComposedForm()
    {
        _builder.WithItem("item_0").With("item_0/contents", "Příloha é.pdf\n").With("item_0/Příloha é.pdf".Normalize(NormalizationForm.FormD), "x");
        using var package = _builder.Open();

        var item = Read(package);

        Assert.Equal(["Příloha é.pdf"], item.Files.Select(file => file.Name));
        Assert.Empty(item.Findings);
    }

    [Fact]
    public void Read_ContentsInLatin1_IsReadWithAWarning()
    {
        _builder.WithItem("item_0").With("item_0/contents", Encoding.Latin1.GetBytes("Übung.pdf\n")).With("item_0/Übung.pdf", "x");
        using var package = _builder.Open();

        var item = Read(package);

        Assert.Equal(["Übung.pdf"], item.Files.Select(file => file.Name));
        Assert.Equal(
            [Found(Severity.Warning, "contents", null, null, "item_0/contents is not UTF-8 and was read as Latin-1.", "Save it as UTF-8 if letters with accents look wrong.")],
            item.Findings);
    }

    [Fact]
    public void Read_DamagedFile_IsAnErrorOfTheItem()
    {
        var zip = RawZip.Write(new("item_0/dublin_core.xml", SafPackageBuilder.Titled("T")) { Crc = 1 }, new RawZipEntry("item_0/contents", "") { Crc = 7 });
        using var package = SafPackage.Open(_builder.Raw(zip), new SafLimits());

        var item = Read(package);

        Assert.Contains(item.Findings, finding => finding.Message == "item_0/dublin_core.xml is damaged: its checksum (CRC-32) differs.");
    }

    private static SafItem Read(SafPackage package) => SafReader.Read(package, package.Items[0], _fields, new SafReadOptions());

    private static Finding Found(Severity severity, string file, int? line, string? field, string message, string remedy) =>
        new() { Severity = severity, Item = "item_0", File = file, Line = line, Field = field, Message = message, Remedy = remedy };
}
