using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

public sealed class QueryParserFaultTests
{
    [Theory]
    [InlineData("", 1, 1, "The query is empty")]
    [InlineData(" \n ", 1, 1, "The query is empty")]
    [InlineData("AND a", 1, 1, "AND needs something before it")]
    [InlineData("|| a", 1, 1, "OR needs something before it")]
    [InlineData("a AND", 1, 3, "Nothing follows AND")]
    [InlineData("a OR ", 1, 3, "Nothing follows OR")]
    [InlineData("(a AND) b", 1, 4, "Nothing follows AND")]
    [InlineData("a AND OR b", 1, 3, "Two operators stand side by side")]
    [InlineData("a && && b", 1, 3, "Two operators stand side by side")]
    [InlineData("a +", 1, 3, "Nothing follows +")]
    [InlineData("a NOT", 1, 3, "Nothing follows NOT")]
    [InlineData("hello!", 1, 6, "Nothing follows NOT")]
    [InlineData("+-a", 1, 2, "A second sign cannot follow here")]
    [InlineData("NOT -a", 1, 5, "A second sign cannot follow here")]
    [InlineData("(a b", 1, 1, "This parenthesis is never closed")]
    [InlineData("a b)", 1, 4, "This parenthesis closes nothing")]
    [InlineData("a ()", 1, 3, "Nothing stands between these parentheses")]
    [InlineData("a ]", 1, 3, "This ] closes nothing")]
    [InlineData("a }", 1, 3, "This } closes nothing")]
    [InlineData("a \"b", 1, 3, "This quotation mark is never closed")]
    [InlineData("a /b", 1, 3, "this one is never closed")]
    [InlineData("a\\", 1, 2, "Nothing follows the backslash")]
    [InlineData(":a", 1, 1, "The name of a field is missing")]
    [InlineData("title:", 1, 1, "title: has no value")]
    [InlineData("title: ", 1, 1, "title: has no value")]
    [InlineData("(title:)", 1, 2, "title: has no value")]
    [InlineData("title:-a", 1, 1, "title: has no value")]
    [InlineData("title:a:b", 1, 8, "Put a value that holds a colon into quotation marks")]
    [InlineData("title:(a author:b)", 1, 16, "A colon ends the name of a field")]
    [InlineData("tit*:a", 1, 5, "A colon ends the name of a field")]
    [InlineData("*:a", 1, 1, "*: stands only before *")]
    [InlineData("~2", 1, 1, "A word must stand before ~")]
    [InlineData("^2", 1, 1, "A word must stand before ^")]
    [InlineData("a^", 1, 2, "A number must follow ^")]
    [InlineData("a^b", 1, 2, "A number must follow ^")]
    [InlineData("a^1.2.3", 1, 2, "A number must follow ^")]
    [InlineData("river~1.5", 1, 7, "The number of changes is 0, 1 or 2")]
    [InlineData("river~1.2.3", 1, 7, "The number of changes is 0, 1 or 2")]
    [InlineData("\"a b\"~1.5", 1, 7, "The distance between words is a whole number")]
    [InlineData("\"a b\"~1.2.3", 1, 7, "The distance between words is a whole number")]
    [InlineData("[a", 1, 3, "TO is missing")]
    [InlineData("[a b]", 1, 4, "TO is missing")]
    [InlineData("[a TO", 1, 1, "There is nothing for the upper end")]
    [InlineData("[a TO b", 1, 1, "This range is never closed")]
    [InlineData("[a TO b)", 1, 1, "This range is never closed")]
    [InlineData("[TO b]", 1, 5, "TO is missing")]
    [InlineData("[ ]", 1, 1, "There is nothing for the lower end")]
    [InlineData("[\"\" TO b]", 1, 1, "There is nothing for the lower end")]
    [InlineData("one\ntwo (three\r\n  four", 2, 5, "This parenthesis is never closed")]
    [InlineData("one\n\n)", 3, 1, "This parenthesis closes nothing")]
    public void Parse_FaultyQuery_SaysWhereAndWhatToDo(string query, int line, int column, string message)
    {
        var fault = Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(query));

        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal($"Line {line}, column {column}: {fault.Message}", fault.Placed);
        Assert.InRange(fault.Span.End, fault.Span.Start, query.Length);
    }

    [Fact]
    public void Parse_ParenthesesNestedTooDeep_AreRefused()
    {
        var deep = $"{new string('(', 100)}a{new string(')', 100)}";

        Assert.Equal(deep, QueryTree.Of(QueryParser.Parse(deep).Root));
        var fault = Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse($"({deep})"));
        Assert.Equal((101, "Parentheses are nested more than 100 deep. Leave out those that are not needed."), (fault.Column, fault.Message));
    }

    [Fact]
    public void Parse_EndlessQuery_IsRefused()
    {
        var longest = new string('a', 50_000);

        Assert.Equal(longest, QueryTree.Of(QueryParser.Parse(longest).Root));
        Assert.Equal(50_001, Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse($"{longest}b")).Column);
    }
}
