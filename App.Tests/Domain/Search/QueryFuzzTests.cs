using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>Whatever somebody types is a query, or is refused with a place in it.</summary>
public sealed class QueryFuzzTests
{
    private static readonly string[] _pieces =
    [
        "a", "river", "title", "date", "fileCount", "parentId", "subtreePaths", "parentName", "entityId", "dvSubject", "isHarvested", "publisher", "dsPersistentId", "Maps", "2019", "2019-05", "NOW-1DAY",
        "10.5072/FK2", "doi", "https", "é", "日本", "ไ", "\uD800", "\uFFFE", "\0", "\u0001", "😀", "AND", "and", "OR", "or", "NOT", "not", "TO", "to", "&&", "||", "0.5", "2", "99999999999999999999",
        " ", " ", " ", " ", "\n", "\t", "(", ")", "(", ")", "[", "]", "{", "}", "\"", "\"", ":", ":", ":", "*", "?", "~", "^", "+", "-", "!", "/", "/", "\\", "\\u00e9", "'", ".", ",", "|", "&", "<", "#", "$",
        "title:", "date:[", "[a TO b]", "*:*", "[* TO *]", "\"a b\"~2", "river~1", "riv*", "/r.v/", "(a OR b)",
    ];

    [Fact]
    public void ParseAndBind_RandomText_IsUnderstoodOrRefusedWithAPlace()
    {
        var random = new Random(20261122);
        var item = new TermSet(SearchSamples.Item("dc.title=A river, 日本", "dc.date.issued=2019-05-17", "dc.subject=Maps"));
        var (understood, refused) = (0, 0);
        for (var round = 0; round < 100_000; round++)
        {
            var query = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => _pieces[random.Next(_pieces.Length)]));
            try
            {
                item.Matches(SearchSamples.Bind(query).Expression);
                understood++;
            }
            catch (QuerySyntaxException fault)
            {
                var isPlaced = fault.Span.Start >= 0 && fault.Span.Start <= fault.Span.End && fault.Span.End <= query.Length && fault is { Line: >= 1, Column: >= 1, Message.Length: > 20 };
                Assert.True(isPlaced, $"{Shown(query)} (round {round}): {fault.Placed} {fault.Span}");
                refused++;
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{Shown(query)} (round {round}): {fault}");
            }
        }

        Assert.True(understood > 5_000 && refused > 5_000, $"{understood} understood, {refused} refused");
    }

    [Fact]
    public void Parse_SpacesAroundAnyText_ChangeNothing()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 20_000; round++)
        {
            var query = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => _pieces[random.Next(_pieces.Length)]));
            if (Read(query) is { } read)
            {
                Assert.All(read.Notices, notice => Assert.InRange(notice.Span.End, notice.Span.Start, query.Length));
                var spaced = Read($" {query} ");
                Assert.True(QueryTree.Of(read.Root) == (spaced is null ? null : QueryTree.Of(spaced.Root)), $"{Shown(query)} (round {round})");
            }
        }
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("(?:", ")*")]
    [InlineData("[a", "]")]
    [InlineData("a|", "")]
    [InlineData("a{9", "}")]
    [InlineData("(a{50}", "){50}")]
    public void Bind_EndlessExpression_IsUnderstoodOrRefused(string opening, string closing)
    {
        foreach (var depth in new[] { 3, 100, 6_000 })
        {
            var query = $"/{string.Concat(Enumerable.Repeat(opening, depth))}x{string.Concat(Enumerable.Repeat(closing, depth))}/";

            Assert.True(Record.Exception(() => SearchSamples.Item("dc.title=river").Matches(query)) is null or QuerySyntaxException);
        }
    }

    private static ParsedQuery? Read(string query)
    {
        try
        {
            return QueryParser.Parse(query);
        }
        catch (QuerySyntaxException)
        {
            return null;
        }
    }

    private static string Shown(string query) => string.Concat(query.Select(character => character is >= ' ' and < '\x7F' ? $"{character}" : $"\\u{(int)character:X4}"));
}
