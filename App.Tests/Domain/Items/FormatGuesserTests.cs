using AdminPortal.Domain.Items;

namespace AdminPortal.Tests.Domain.Items;

public sealed class FormatGuesserTests
{
    [Theory]
    [InlineData("thesis.pdf", "application/pdf")]
    [InlineData("THESIS.PDF", "application/pdf")]
    [InlineData("scans/Plate 3.Tiff", "image/tiff")]
    [InlineData("data.v2/readme", "application/octet-stream")]
    [InlineData("archive.tar.gz", "application/gzip")]
    [InlineData("paper.pdf.bak", "application/octet-stream")]
    [InlineData(".pdf", "application/pdf")]
    [InlineData("dot.", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public void Guess_FileName_GoesByTheLastExtension(string fileName, string expected)
    {
        var guesser = new FormatGuesser(DefaultFormats.Read());

        Assert.Equal(expected, guesser.Guess(fileName)?.MimeType);
    }

    [Fact]
    public void Guess_ExtensionClaimedTwice_GivesTheFirstFormat()
    {
        var first = new BitstreamFormat { MimeType = "text/x-one", Name = "One", Support = SupportLevel.Known, Extensions = ["abc"] };
        var second = new BitstreamFormat { MimeType = "text/x-two", Name = "Two", Support = SupportLevel.Known, Extensions = ["ABC"] };

        Assert.Same(first, new FormatGuesser([first, second]).Guess("file.Abc"));
    }
}
