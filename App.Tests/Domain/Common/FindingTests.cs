using AdminPortal.Domain.Common;

namespace AdminPortal.Tests.Domain.Common;

public sealed class FindingTests
{
    [Theory]
    [InlineData("item_1", "contents", 2, "Line 2 of item_1/contents is odd.", "Line 2 of item_1/contents is odd. Mend it.")]
    [InlineData("item_1", "dublin_core.xml", 4, "item_1/dublin_core.xml uses dc.foo.", "line 4: item_1/dublin_core.xml uses dc.foo. Mend it.")]
    [InlineData("item_1", "dublin_core.xml", 3, "item_1/dublin_core.xml is not well-formed XML: no end (line 3, column 65).", "item_1/dublin_core.xml is not well-formed XML: no end (line 3, column 65). Mend it.")]
    [InlineData("item_1", "contents", 1, "Line 12 of item_1/contents repeats it.", "line 1: Line 12 of item_1/contents repeats it. Mend it.")]
    [InlineData("item_1", "handle", 1, "The handle is taken.", "item_1/handle, line 1: The handle is taken. Mend it.")]
    [InlineData(null, null, null, "The archive ends too early.", "The archive ends too early. Mend it.")]
    public void ToLine_AnyPlace_NamesItOnce(string? item, string? file, int? line, string message, string expected)
    {
        var finding = new Finding { Severity = Severity.Error, Item = item, File = file, Line = line, Message = message, Remedy = "Mend it." };

        Assert.Equal(expected, finding.ToLine());
    }
}
