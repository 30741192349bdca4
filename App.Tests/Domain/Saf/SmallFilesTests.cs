using AdminPortal.Domain.Common;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SmallFilesTests
{
    private const string Id = "5dace143-1238-4b4f-affb-ed559f9254bb";

    [Fact]
    public void Collections_HandlesAndIds_AreTrimmedAndKeepTheirOrder()
    {
        var (collections, findings) = CollectionsFile.Parse($"123456789/2 \r\n\n  {Id}\n10.5072/x-1\n123456789/2\n\n", "item_1");

        Assert.Equal(["123456789/2", Id, "10.5072/x-1"], collections);
        Assert.Empty(findings);
    }

    [Fact]
    public void Collections_OtherLines_AreErrorsOfTheirOwn()
    {
        var (collections, findings) = CollectionsFile.Parse("123456789/2\n17\n\nMy collection", "item_1");

        Assert.Equal(["123456789/2"], collections);
        Assert.Equal(
            [
                Found("collections", 2, "item_1/collections has 17, which is neither a handle nor an id.", "Write a handle such as 123456789/2, or the collection's id, alone on line 2."),
                Found("collections", 4, "item_1/collections has My collection, which is neither a handle nor an id.", "Write a handle such as 123456789/2, or the collection's id, alone on line 4."),
            ],
            findings);
    }

    [Theory]
    [InlineData("123456789/42", "123456789/42")]
    [InlineData("  123456789/42 \r\n123456789/43\n", "123456789/42")]
    [InlineData("hdl:123456789/42", "123456789/42")]
    [InlineData("https://hdl.handle.net/20.500.12345/a/b", "20.500.12345/a/b")]
    [InlineData("http://hdl.handle.net/123456789/42", "123456789/42")]
    [InlineData("https://repository.example.org/handle/123456789/42", "123456789/42")]
    [InlineData("", null)]
    public void Handle_AllForms_GivePrefixAndSuffix(string text, string? expected)
    {
        var (handle, findings) = HandleFile.Parse(text, "item_1");

        Assert.Equal(expected, handle);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("\n123456789/42", "The first line of item_1/handle is blank.")]
    [InlineData(" ", "The first line of item_1/handle is blank.")]
    [InlineData("42", "item_1/handle has 42, which is not a handle.")]
    [InlineData("123456789/", "item_1/handle has 123456789/, which is not a handle.")]
    [InlineData("/42", "item_1/handle has /42, which is not a handle.")]
    [InlineData("123 456/4 2", "item_1/handle has 123 456/4 2, which is not a handle.")]
    [InlineData("https://example.org/42", "item_1/handle has https://example.org/42, which is not a handle.")]
    [InlineData(Id, $"item_1/handle has {Id}, which is not a handle.")]
    public void Handle_NoHandle_IsAnErrorOnLineOne(string text, string expected)
    {
        var (handle, findings) = HandleFile.Parse(text, "item_1");

        Assert.Null(handle);
        Assert.Equal([(Severity.Error, 1, expected)], findings.Select(finding => (finding.Severity, finding.Line!.Value, finding.Message)));
    }

    [Theory]
    [InlineData($"relation.isAuthorOfPublication {Id}", "isAuthorOfPublication", SafTarget.Id, null, Id)]
    [InlineData("isAuthorOfPublication\t123456789/1123", "isAuthorOfPublication", SafTarget.Handle, null, "123456789/1123")]
    [InlineData("relation.isAuthorOfPublication hdl:123456789/1123", "isAuthorOfPublication", SafTarget.Handle, null, "123456789/1123")]
    [InlineData("relation.isOrgUnitOfPublication   folderName:my item ", "isOrgUnitOfPublication", SafTarget.Directory, null, "my item")]
    [InlineData("relation.isOrgUnitOfPublication rowName:item_001", "isOrgUnitOfPublication", SafTarget.Directory, null, "item_001")]
    [InlineData("relation.isProjectOfPublication project.identifier.id:123", "isProjectOfPublication", SafTarget.Field, "project.identifier.id", "123")]
    [InlineData("relation.isProjectOfPublication dc.title:A Name: with colons/1", "isProjectOfPublication", SafTarget.Field, "dc.title", "A Name: with colons/1")]
    public void Relationships_AllForms_AreRead(string line, string type, SafTarget target, string? field, string value)
    {
        var (relationships, findings) = RelationshipsFile.Parse($"\n{line}\r\n\n", "item_1");

        Assert.Equal([new SafRelationship(type, target, field, value, "relationships", 2)], relationships);
        Assert.Empty(findings);
    }

    [Fact]
    public void Relationships_LinesThatNameNoItem_AreErrors()
    {
        var (relationships, findings) = RelationshipsFile.Parse("isAuthorOfPublication\nrelation.isAuthorOfPublication nobody\nisAuthorOfPublication folderName:", "item_1");

        Assert.Empty(relationships);
        Assert.Equal(
            [
                (1, null, "Line 1 of item_1/relationships names no other item."),
                (2, "isAuthorOfPublication", "item_1/relationships has nobody, which names no item."),
                (3, "isAuthorOfPublication", "Line 3 of item_1/relationships names no other item after the colon."),
            ],
            findings.Select(finding => (finding.Line!.Value, finding.Field, finding.Message)));
    }

    private static Finding Found(string file, int line, string message, string remedy) =>
        new() { Severity = Severity.Error, Item = "item_1", File = file, Line = line, Message = message, Remedy = remedy };
}
