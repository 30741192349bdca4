using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Tests.Domain.Items;

public sealed class MetadataRulesTests
{
    private static readonly MetadataFields _fields = new(["dc.title", "dc.contributor.author"]);

    [Theory]
    [InlineData("", "x", null, "Choose a field, e.g. dc.title.")]
    [InlineData("dc.titel", "x", null, "dc.titel is not registered. Did you mean dc.title?")]
    [InlineData("something.else.entirely", "x", null, "something.else.entirely is not registered. Choose a field of the metadata registry.")]
    [InlineData("dc.title", " \u0001", null, "dc.title has no value. Give one, or remove the row.")]
    [InlineData("dc.title", "x", "not a code", "A language is a code such as en, pt_BR or sr-Latn.")]
    public void Check_WrongValue_SaysWhatToDo(string field, string value, string? language, string message)
    {
        MetadataValue[] values = [new() { Field = "dc.title", Value = "Good" }, new() { Field = field, Value = value, Language = language }];

        Assert.Equal([new MetadataFault(1, message)], MetadataRules.Check(values, _fields));
        Assert.Equal($"Value 2: {message}", Assert.Throws<PortalException>(() => MetadataRules.Require(values, _fields)).Message);
    }

    [Fact]
    public void Require_GoodValues_AreStoredAsTheRegistryAndTheDatabaseHaveThem()
    {
        MetadataValue[] values =
        [
            new() { Field = " DC.Title ", Value = " Rivers\r\nand\0lakes\t ", Language = " pt_BR " },
            new() { Field = "dc.contributor.author", Value = "Ada", Language = " ", Authority = "a-1", Confidence = 600 },
        ];

        var stored = MetadataRules.Require(values, _fields);

        Assert.Equal(
            [new() { Field = "dc.title", Value = "Rivers\nand lakes", Language = "pt_BR" }, new() { Field = "dc.contributor.author", Value = "Ada", Authority = "a-1", Confidence = 600 }],
            stored);
    }
}
