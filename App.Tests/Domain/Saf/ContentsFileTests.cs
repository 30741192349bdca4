using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class ContentsFileTests
{
    [Theory]
    [InlineData("file_1.doc", "file_1.doc", "ORIGINAL")]
    [InlineData("license.txt", "license.txt", "LICENSE")]
    [InlineData("license", "license", "ORIGINAL")]
    [InlineData("sub/license.txt", "sub/license.txt", "ORIGINAL")]
    [InlineData("license.txt\tbundle:ORIGINAL", "license.txt", "ORIGINAL")]
    [InlineData(" Full text (1).pdf ", " Full text (1).pdf ", "ORIGINAL")]
    [InlineData("sub/a.pdf\tbundle: TEXT ", "sub/a.pdf", "TEXT")]
    [InlineData("a.pdf\t\t", "a.pdf", "ORIGINAL")]
    [InlineData(@"sub\text.pdf", @"sub\text.pdf", "ORIGINAL")]
    public void Parse_Line_GivesNameAndBundle(string line, string name, string bundle)
    {
        var (files, findings) = Parse(line);

        Assert.Equal([(name, bundle, 1)], files.Select(file => (file.Name, file.Bundle, file.Line)));
        Assert.Empty(findings);
    }

    [Fact]
    public void Parse_AllOptions_AreTakenInAnyOrder()
    {
        var (files, findings) = Parse(
            "a.tif\tdescription: The first: page \tiiif-height:300\tprimary:true\tpermissions:-r 'Staff only'\tbundle:IIIF\tiiif-width:200\tiiif-label:Page 1\tiiif-toc:Cover\tpermissions:-w Editors\n");

        var file = Assert.Single(files);
        Assert.Equal(("a.tif", "IIIF", "The first: page", true), (file.Name, file.Bundle, file.Description, file.IsPrimary));
        Assert.Equal([new(SafAction.Read, "Staff only"), new SafPermission(SafAction.Write, "Editors")], file.Permissions);
        Assert.Equal(
            [
                new() { Field = "iiif.image.height", Value = "300" },
                new() { Field = "iiif.image.width", Value = "200" },
                new() { Field = "iiif.label", Value = "Page 1" },
                new MetadataValue { Field = "iiif.toc", Value = "Cover" },
            ],
            file.Metadata);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("-r 'Staff'", SafAction.Read, "Staff")]
    [InlineData("-w 'Staff'", SafAction.Write, "Staff")]
    [InlineData("r 'Staff'", SafAction.Read, "Staff")]
    [InlineData("-r Staff of the library", SafAction.Read, "Staff of the library")]
    [InlineData("-r 'Staff", SafAction.Read, "Staff")]
    [InlineData("-r Staff'", SafAction.Read, "Staff")]
    [InlineData("-r  'O Brien' ", SafAction.Read, "O Brien")]
    [InlineData("-r 'O'Brien'", SafAction.Read, "O'Brien")]
    public void Parse_Permissions_AreUnderstoodWithAndWithoutQuotes(string permissions, SafAction action, string group)
    {
        var (files, findings) = Parse($"a.pdf\tpermissions:{permissions}");

        Assert.Equal([new SafPermission(action, group)], Assert.Single(files).Permissions);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("-x 'Staff'")]
    [InlineData("Staff")]
    [InlineData("-r")]
    [InlineData("-r ''")]
    [InlineData("-r ' '")]
    public void Parse_PermissionsThatMakeNoSense_AreAnError(string permissions)
    {
        var (_, findings) = Parse($"a.pdf\tpermissions:{permissions}");

        Assert.Equal(
            [Found(Severity.Error, 1, "permissions", $"Line 1 of item_1/contents has permissions that cannot be understood: {permissions}", "Write -r 'group name' to read or -w 'group name' to write.")],
            findings);
    }

    [Fact]
    public void Parse_LineEndsAndBlankLines_DoNotMatter()
    {
        var (files, findings) = Parse("a.pdf\r\n\r\n  \t \nb.pdf\rc.pdf");

        Assert.Equal([("a.pdf", 1), ("b.pdf", 4), ("c.pdf", 5)], files.Select(file => (file.Name, file.Line)));
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("bundel:TEXT", "bundel", "Did you mean bundle:?")]
    [InlineData("Bundle:TEXT", "Bundle", "Did you mean bundle:?")]
    [InlineData("colour:red", "colour", "Known are bundle, permissions, description, primary, iiif-label, iiif-toc, iiif-width, iiif-height.")]
    [InlineData("ORIGINAL", "ORIGINAL", "Known are bundle, permissions, description, primary, iiif-label, iiif-toc, iiif-width, iiif-height.")]
    public void Parse_UnknownOption_NamesTheNearest(string option, string key, string remedy)
    {
        var (files, findings) = Parse($"a.pdf\n\nb.pdf\t{option}");

        Assert.Equal(["ORIGINAL", "ORIGINAL"], files.Select(file => file.Bundle));
        Assert.Equal([Found(Severity.Warning, 3, key, $"Line 3 of item_1/contents has the unknown option {key}, which was left out.", remedy)], findings);
    }

    [Theory]
    [InlineData(@"a.pdf\tbundle:TEXT")]
    [InlineData(@"my file.pdf\t description:x")]
    [InlineData("a.pdf\tbundle:TEXT\\tprimary:true")]
    public void Parse_LiteralBackslashT_IsAnErrorAndNoFile(string line)
    {
        var (files, findings) = Parse($"first.pdf\n{line}\n");

        Assert.Equal(["first.pdf"], files.Select(file => file.Name));
        Assert.Equal([Found(Severity.Error, 2, null, @"Line 2 of item_1/contents has \t written out.", @"Put a TAB character in place of \t.")], findings);
    }

    [Fact]
    public void Parse_SeveralPrimariesInABundle_KeepsTheLast()
    {
        var (files, findings) = Parse("a.pdf\tprimary:true\nb.txt\tbundle:TEXT\tprimary:true\nc.pdf\tprimary:true\nd.pdf\tprimary:false");

        Assert.Equal(["b.txt", "c.pdf"], files.Where(file => file.IsPrimary).Select(file => file.Name));
        Assert.Equal(
            [Found(Severity.Warning, 3, "primary", "item_1/contents makes both a.pdf and c.pdf primary in ORIGINAL; the last one stays.", "Keep primary:true on one line of each bundle.")],
            findings);
    }

    [Fact]
    public void Parse_FileListedAgain_IsLeftOutInTheSameBundle()
    {
        var (files, findings) = Parse("a.pdf\na.pdf\tbundle:TEXT\na.pdf\tdescription:again");

        Assert.Equal([("a.pdf", "ORIGINAL"), ("a.pdf", "TEXT")], files.Select(file => (file.Name, file.Bundle)));
        Assert.Equal([Found(Severity.Warning, 3, null, "item_1/contents lists a.pdf in ORIGINAL again; line 3 was left out.", "Keep one of the lines.")], findings);
    }

    [Theory]
    [InlineData("iiif-width:wide", "iiif-width", "has iiif-width:wide, which is no whole number and was left out")]
    [InlineData("iiif-height:10.5", "iiif-height", "has iiif-height:10.5, which is no whole number and was left out")]
    [InlineData("iiif-width:-3", "iiif-width", "has iiif-width:-3, which is no whole number and was left out")]
    [InlineData("iiif-label:", "iiif-label", "has iiif-label without a value, which was left out")]
    [InlineData("primary:yes", "primary", "has primary:yes, which was left out")]
    [InlineData("description:a\tdescription:b", "description", "has description twice; the first counts")]
    public void Parse_ValueThatMakesNoSense_IsLeftOutWithAWarning(string option, string key, string what)
    {
        var (files, findings) = Parse($"a.pdf\t{option}");

        Assert.Empty(Assert.Single(files).Metadata);
        Assert.False(files[0].IsPrimary);
        var finding = Assert.Single(findings);
        Assert.Equal((Severity.Warning, 1, key, $"Line 1 of item_1/contents {what}."), (finding.Severity, finding.Line, finding.Field, finding.Message));
    }

    [Fact]
    public void Parse_RegisteredFile_GivesStoreAndPath()
    {
        var (files, findings) = Parse("-r -s 1 -f 12/34/scan.pdf\tbundle:MASTER\tdescription:Scan\n-r  -f license.txt -s 0");

        Assert.Equal(
            [("scan.pdf", "MASTER", "Scan", new(1, "12/34/scan.pdf")), ("license.txt", "LICENSE", null, new SafRegistered(0, "license.txt"))],
            files.Select(file => (file.Name, file.Bundle, file.Description, file.Registered!)));
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("-r -f a.pdf", "registers a file without -s and a number.")]
    [InlineData("-r -s one -f a.pdf", "registers a file without -s and a number.")]
    [InlineData("-r -s 1 -f", "registers a file without -f and a path.")]
    [InlineData("-r -s 1 -f ../a.pdf", "registers ../a.pdf, which is no path inside of the store.")]
    [InlineData("-r -s 1 -f /etc/passwd", "registers /etc/passwd, which is no path inside of the store.")]
    public void Parse_RegisteredFileThatMakesNoSense_IsAnError(string line, string what)
    {
        var (files, findings) = Parse(line);

        Assert.Empty(files);
        Assert.Equal([(Severity.Error, $"Line 1 of item_1/contents {what}")], findings.Select(finding => (finding.Severity, finding.Message)));
    }

    [Fact]
    public void Parse_LineThatBeginsWithATab_IsAnError()
    {
        var (files, findings) = Parse("\tbundle:TEXT");

        Assert.Empty(files);
        Assert.Equal([Found(Severity.Error, 1, null, "Line 1 of item_1/contents begins with a TAB, so it names no file.", "Begin the line with the file's name.")], findings);
    }

    private static (IReadOnlyList<SafFile> Files, IReadOnlyList<Finding> Findings) Parse(string text) => ContentsFile.Parse(text, "item_1");

    private static Finding Found(Severity severity, int line, string? field, string message, string remedy) =>
        new() { Severity = severity, Item = "item_1", File = "contents", Line = line, Field = field, Message = message, Remedy = remedy };
}
