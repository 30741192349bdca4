using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;
using static AdminPortal.Tests.Domain.Search.SearchSamples;

namespace AdminPortal.Tests.Domain.Search;

public sealed class QueryBinderTests
{
    [Theory]
    [InlineData("titl:rivers", 1, "There is no field titl. Did you mean title?")]
    [InlineData("a dc.titel:rivers", 3, "There is no field dc.titel. Did you mean dc.title?")]
    [InlineData("Title:rivers", 1, "There is no field Title. Did you mean title?")]
    [InlineData("somethingElse:x", 1, "There is no field somethingElse. Use the name of a metadata field such as dc.title")]
    [InlineData("eperson.email:x", 1, "eperson.email is kept out of the search")]
    [InlineData("person.email:x", 1, "person.email is kept out of the search")]
    [InlineData("DC.Description.Provenance:x", 1, "dc.description.provenance is kept out of the search")]
    [InlineData("date:rivers", 1, "date holds dates, and \"rivers\" is none")]
    [InlineData("date:[2019 TO may]", 15, "date holds dates, and \"may\" is none")]
    [InlineData("date:201*", 1, "date holds dates, and takes one as it is, or * for any. Write date:2019")]
    [InlineData("date:/2019/", 1, "date holds dates, and takes one as it is")]
    [InlineData("date:2019~", 1, "date holds dates, and takes one as it is")]
    [InlineData("date:\"2019-05 2020\"~2", 1, "date holds dates, and takes one as it is")]
    [InlineData("fileCount:many", 1, "fileCount holds numbers, and \"many\" is none")]
    [InlineData("fileCount:-1", 1, "fileCount: has no value")]
    [InlineData("fileCount:\"-1\"", 1, "fileCount holds numbers, and \"-1\" is none")]
    [InlineData("fileCount:[1.5 TO *]", 12, "fileCount holds numbers, and \"1.5\" is none")]
    [InlineData("fileCount:9223372036854775807", 1, "fileCount holds numbers")]
    [InlineData("fileCount:1*", 1, "fileCount holds numbers, and takes one as it is")]
    [InlineData("entityId:42", 1, "entityId takes the id of an item")]
    [InlineData("entityId:abc*", 1, "entityId holds ids, and takes one as it is")]
    [InlineData("isHarvested:f*", 1, "isHarvested holds the same for all items, and takes one as it is")]
    [InlineData("parentId:Mops", 1, "There is no collection Mops. Did you mean \"Maps\"?")]
    [InlineData("parentId:Science", 1, "There is no collection Science. Give its id, handle or name")]
    [InlineData("parentId:123456789/99", 1, "There is no collection 123456789/99")]
    [InlineData("parentId:Map*", 1, "Name one collection by its id, handle or name")]
    [InlineData("subtreePaths:Physiks", 1, "There is no community or collection Physiks. Did you mean \"Physics\"?")]
    [InlineData("title:\"...\"", 1, "There is no letter or digit in this")]
    [InlineData("a AND \"&\"", 7, "There is no letter or digit in this")]
    [InlineData("...", 1, "There is no letter or digit in this")]
    [InlineData("title:[\"two rivers\" TO x]", 8, "An end of a range of words is one word")]
    [InlineData("title:[- TO x]", 8, "There is no letter or digit at this end")]
    [InlineData("wood-car?", 1, "With several words only a * at the end works")]
    [InlineData("w*d-carving", 1, "A wildcard works within one word")]
    [InlineData("wood-carving~", 1, "A ~ after a word looks for words like it, and these are several")]
    [InlineData("/a(/", 1, "This is not a regular expression that can be used")]
    [InlineData("/(a)\\1/", 1, "This is not a regular expression that can be used")]
    [InlineData("/a)|(?:b/", 1, "This is not a regular expression that can be used")]
    [InlineData("/a~b/", 1, "~ has a meaning of its own in Lucene")]
    [InlineData("//", 1, "Nothing stands between the slashes")]
    [InlineData("type_ss:\" \"", 1, "There is nothing to look for")]
    public void Bind_WhatCannotBeAsked_SaysWhereAndWhy(string query, int column, string message)
    {
        var fault = Assert.Throws<QuerySyntaxException>(() => Bind(query));

        Assert.Equal(column, fault.Column);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("isbn:3", "No metadata field of this repository holds ISBNs, so isbn finds nothing.")]
    [InlineData("a OR publisher:*", "No metadata field of this repository holds publishers, so publisher finds nothing.")]
    public void Bind_NameWithoutAFieldHere_FindsNothingAndSaysSo(string query, string message)
    {
        var bound = Bind(query);

        var notice = Assert.Single(bound.Notices);
        Assert.Equal((query[query.IndexOf(message.Split(' ')[^3], StringComparison.Ordinal)..], message), (bound.TextOf(notice.Span), notice.Message));
        Assert.False(new TermSet(Item("dc.title=b")).Matches(bound.Expression));
    }

    [Theory]
    [InlineData("parentId:22222222-0000-0000-0000-000000000001", true)]
    [InlineData("parentId:123456789/11", true)]
    [InlineData("parentId:hdl:123456789/11", true)]
    [InlineData("parentId:\"Theses & Dissertations\"", true)]
    [InlineData("parentId:\"theses &  DISSERTATIONS\"", true)]
    [InlineData("parentId:\"reports of gottingen\"", false)]
    [InlineData("parentId:Maps", false)]
    [InlineData("collection:Maps", true)]
    [InlineData("collection:\"reports of göttingen\"", false)]
    [InlineData("collection:*", true)]
    [InlineData("parentName:theses", true)]
    [InlineData("parentName:dissert*", true)]
    [InlineData("parentName:\"theses dissertations\"", true)]
    [InlineData("parentName:thesis~", true)]
    [InlineData("parentName:/dis.*/", true)]
    [InlineData("parentName:(maps OR reports)", false)]
    [InlineData("subtreePaths:\"/Science\"", true)]
    [InlineData("subtreePaths:\\/Science\\/Physics", true)]
    [InlineData("subtreePaths:\"/science/physics\"", true)]
    [InlineData("subtreePaths:\"/Science/Physics/Theses & Dissertations\"", true)]
    [InlineData("subtreePaths:\"/Physics\"", false)]
    [InlineData("subtreePaths:\"/Maps\"", true)]
    [InlineData("subtreePaths:\\/Science*", true)]
    [InlineData("subtreePaths:\\/Sci\\/*", false)]
    [InlineData("subtreePaths:Physics", true)]
    [InlineData("subtreePaths:123456789/1", true)]
    [InlineData("subtreePaths:\"Reports of Göttingen\"", false)]
    [InlineData("subtreePaths:*", true)]
    public void Bind_Collection_IsFoundByIdHandleNameOrPath(string query, bool expected)
    {
        var item = Item("dc.title=Rivers") with { Collections = [Theses.Id, Maps.Id] };

        Assert.Equal(expected, item.Matches(query));
    }

    [Theory]
    [InlineData("dsPersistentId:\"doi:1234/\"", "dc.identifier.doi=doi:1234/abc", "dc.identifier.doi=doi:4321/1234")]
    [InlineData("dsPersistentId:\"doi:1234/\"", "dc.identifier.uri=https://doi.org/1234/x", "dc.identifier.uri=https://doi.org/12345/x")]
    [InlineData("parentId:123456789/11", "dc.title=x", null)]
    [InlineData("authorName:YYY", "dc.contributor.author=Yyy, Z.", "dc.contributor.author=Yyyy")]
    [InlineData("(authorName:YYY OR authorName:ZZZ) AND dsPublicationDate:2019", "dc.contributor.author=Zzz|dc.date.issued=2019-05-01", "dc.contributor.author=Zzz|dc.date.issued=2020")]
    [InlineData("(authorName:YYY OR authorName:ZZZ) AND dsPublicationDate:2019", "dc.contributor.author=yyy|dc.date.available=2019-05-01", "dc.contributor.author=xxx|dc.date.issued=2019")]
    [InlineData("(dsPersistentId:10.5000/ZZYYXX/ OR dsPersistentId:10.5000/XXYYZZ)", "dc.identifier.doi=10.5000/zzyyxx/1", "dc.identifier.doi=10.5000/AABBCC")]
    [InlineData("dsPersistentId:10.5000/XXYYZZ", "dc.identifier.doi=https://doi.org/10.5000/XXYYZZ", "dc.identifier.doi=10.5000/XXYYZZZ")]
    [InlineData("dsPersistentId:10.5000/XXYYZZ", "dc.identifier.doi=doi:10.5000/XXYYZZ/ABC", "dc.identifier.doi=10.5000/A/XXYYZZ")]
    [InlineData("(dvSubject:\"Astronomy and Astrophysics\" OR dvSubject:\"Earth and Environmental Sciences\")", "dc.subject=Astronomy and  astrophysics", "dc.subject=Astronomy and Astrophysics today")]
    [InlineData("keywordValue:censorship", "dc.subject.other=Press; Censorship", "dc.title=censorship")]
    [InlineData("keywordValue:a and keywordValue:b or not keywordValue:c", "dc.subject=a|dc.subject=b|dc.subject=d", "dc.subject=a|dc.subject=c")]
    public void Bind_ExamplesOfDataverse_FindWhatTheirReadersExpect(string query, string found, string? notFound)
    {
        Assert.True(Item(found.Split('|')).Matches(query));
        Assert.False((notFound is null ? Item() with { Collections = [Maps.Id, Theses.Id] } : Item(notFound.Split('|'))).Matches(query));
    }

    [Theory]
    [InlineData("river", true)]
    [InlineData("ÉTUDES", true)]
    [InlineData("subtitle", false)]
    [InlineData("\"two rivers\"", false)]
    [InlineData("title:\"river études\"", false)]
    [InlineData("title:\"études river\"~1", false)]
    [InlineData("title:\"études river\"~2", true)]
    [InlineData("123456789", true)]
    [InlineData("hdl:123456789/42", true)]
    [InlineData("handle:https\\://hdl.handle.net/123456789/42", true)]
    [InlineData("handle:123456789/*", true)]
    [InlineData("identifier:42", true)]
    [InlineData("entityId:33333333-0000-0000-0000-000000000001", true)]
    [InlineData("id:33333333-0000-0000-0000-000000000002", false)]
    [InlineData("id:*", true)]
    [InlineData("publicationStatus:published", true)]
    [InlineData("publicationStatus:\"In Review\"", false)]
    [InlineData("isHarvested:false AND dvObjectType:Datasets", true)]
    [InlineData("isHarvested:true", false)]
    [InlineData("isHarvested:*", true)]
    [InlineData("title:* AND -subject:*", true)]
    [InlineData("title:[* TO *]", true)]
    [InlineData("author:*", false)]
    [InlineData("dateSort:2020-01-02", true)]
    [InlineData("dateSort:[2020-01-02T03:04:05Z TO 2020-01-02T03:04:05Z]", true)]
    [InlineData("fileCount:2 AND fileSizeInBytes:[1000 TO 1100]", true)]
    [InlineData("fileName:scan.pdf", true)]
    [InlineData("fileName:\"pdf notes\"", false)]
    [InlineData("fileType:image*", false)]
    [InlineData("fileType:\"application/pdf\"", true)]
    [InlineData("scan", false)]
    public void Bind_OneItem_IsFoundByWhatItHas(string query, bool expected)
    {
        var item = Item("dc.title=Études of a RIVER", "dc.title=Two") with { Files = [new("Scan.pdf", "application/pdf", 1000), new("notes.txt", "", 24)] };

        Assert.Equal(expected, item.Matches(query));
    }

    [Fact]
    public void Bind_BoostsOfGroups_CountForWhatIsInThem()
    {
        var group = Assert.IsType<GroupExpression>(Bind("title:(a^2 (b c^3)^2)^5").Expression);

        Assert.Equal([10, 10, 30], Leaves(group).Select(leaf => leaf.Boost));
    }

    [Fact]
    public void Bind_StateOfAnItem_IsItsStatus()
    {
        var item = Item();

        Assert.Equal(
            ["draft", "in review", "published", "deaccessioned", "unpublished"],
            new[] { item with { State = ItemState.Workspace }, item with { State = ItemState.Workflow }, item, item with { State = ItemState.Withdrawn }, item with { Discoverable = false } }
                .Select(one => new[] { "draft", "in review", "published", "deaccessioned", "unpublished" }.Single(status => one.Matches($"publicationStatus:\"{status}\""))));
    }

    private static IEnumerable<LeafExpression> Leaves(IndexExpression expression) =>
        expression is GroupExpression group ? group.Clauses.SelectMany(clause => Leaves(clause.Expression)) : [(LeafExpression)expression];
}
