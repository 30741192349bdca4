using AdminPortal.Domain.Common;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class MapfileTests
{
    private const string Id = "5dace143-1238-4b4f-affb-ed559f9254bb";

    [Fact]
    public async Task WriteAsync_NamesWithAndWithoutSpaces_CanBeReadBack()
    {
        MapfileLine[] lines = [new("item_000", "123456789/42"), new("my  item 1", "123456789/43"), new("x", Id), new(" y", "10.1/a")];
        using var writer = new StringWriter();

        foreach (var line in lines)
        {
            await Mapfile.WriteAsync(writer, line, TestContext.Current.CancellationToken);
        }

        Assert.Equal($"item_000 123456789/42\nmy  item 1\t123456789/43\nx {Id}\n y\t10.1/a\n", writer.ToString());
        var (read, findings) = Mapfile.Parse(writer.ToString());
        Assert.Equal(lines, read);
        Assert.Empty(findings);
    }

    [Fact]
    public void Parse_BlankLinesLineEndsAndRepetitions_AreTolerated()
    {
        var (lines, findings) = Mapfile.Parse("\uFEFFitem_0   123456789/1\r\n\r\n  item_1 123456789/2  \nitem_2\t123456789/3\nitem_0 123456789/9");

        Assert.Equal([new("item_0", "123456789/9"), new("item_1", "123456789/2"), new MapfileLine("item_2", "123456789/3")], lines);
        Assert.Empty(findings);
    }

    [Fact]
    public void Parse_BrokenLines_AreFoundAndLeftOut()
    {
        var (lines, findings) = Mapfile.Parse("item_0\nmy item 123456789/5\nitem_2 123456789/2\nitem_3\t\nitem_4 42");

        Assert.Equal([new MapfileLine("item_2", "123456789/2")], lines);
        Assert.Equal([1, 2, 4, 5], findings.Select(finding => finding.Line!.Value));
        Assert.Equal(
            new Finding
            {
                Severity = Severity.Error,
                File = "mapfile",
                Line = 2,
                Message = "Line 2 of the mapfile is not a directory and a handle or id: my item 123456789/5",
                Remedy = "Write them with a space between, or a TAB where the directory's name has spaces.",
            },
            findings[1]);
    }
}
