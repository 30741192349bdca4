using AdminPortal.Domain.Common;

namespace AdminPortal.Tests.Domain.Common;

public sealed class NearestTests
{
    [Theory]
    [InlineData("bundel", "bundle")]
    [InlineData("descripton", "description")]
    [InlineData("PRIMARY", "primary")]
    [InlineData("colour", null)]
    public void To_MistypedName_GivesTheOneWithFewestEdits(string name, string? expected)
    {
        string[] known = ["bundle", "description", "permissions", "primary"];

        Assert.Equal(expected, Nearest.To(name, known));
    }
}
