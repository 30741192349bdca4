using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

public sealed class QueryParserTests
{
    [Theory]
    [InlineData("rivers", "rivers")]
    [InlineData("  rivers\t\n", "rivers")]
    [InlineData("two rivers", "(two rivers)")]
    [InlineData("\"two rivers\"", "\"two rivers\"")]
    [InlineData("\"two \\\"rivers\\\" \\\\ 1\"", "\"two \"rivers\" \\ 1\"")]
    [InlineData("\"two rivers\"~3", "\"two rivers\"~3")]
    [InlineData("\"two rivers\"~0", "\"two rivers\"")]
    [InlineData("\"two rivers\"~", "\"two rivers\"")]
    [InlineData("\"two rivers\"~99999999999", "\"two rivers\"~10000")]
    [InlineData("\"\"", "")]
    [InlineData("title:rivers", "title:rivers")]
    [InlineData("title: rivers", "title:rivers")]
    [InlineData("dc.title:\"two rivers\"~2^3", "dc.title:\"two rivers\"~2^3")]
    [InlineData("title:(two rivers)", "(title:two title:rivers)")]
    [InlineData("title:(two -\"old rivers\" /x/)^2.5", "(title:two -title:\"old rivers\" title:/x/)^2.5")]
    [InlineData("title:((a b) AND c)", "(+(title:a title:b) +title:c)")]
    [InlineData("(a)", "(a)")]
    [InlineData("((a) b)", "((a) b)")]
    [InlineData("(a b)c", "((a b) c)")]
    [InlineData("\"a\"b", "(a b)")]
    public void Parse_WordsPhrasesAndGroups_AreRead(string query, string expected) => Reads(query, expected);

    [Theory]
    [InlineData("a b", "(a b)")]
    [InlineData("a OR b", "(a b)")]
    [InlineData("a || b", "(a b)")]
    [InlineData("a AND b", "(+a +b)")]
    [InlineData("a && b", "(+a +b)")]
    [InlineData("a AND b AND c", "(+a +b +c)")]
    [InlineData("a AND b c", "(+a +b c)")]
    [InlineData("a b AND c", "(a +b +c)")]
    [InlineData("a AND NOT b", "(+a -b)")]
    [InlineData("a AND -b", "(+a -b)")]
    [InlineData("-a AND b", "(-a +b)")]
    [InlineData("NOT a AND b", "(-a +b)")]
    [InlineData("a OR NOT b", "(a -b)")]
    [InlineData("a NOT b", "(a -b)")]
    [InlineData("a !b", "(a -b)")]
    [InlineData("a!b", "(a -b)")]
    [InlineData("a - b", "(a -b)")]
    [InlineData("+a b", "(+a b)")]
    [InlineData("+ a", "a")]
    [InlineData("+(a b) -(c d)", "(+(a b) -(c d))")]
    [InlineData("+title:a -author:b", "(+title:a -author:b)")]
    [InlineData("NOT(a)", "(-(a))")]
    [InlineData("-a", "(-a)")]
    [InlineData("-a -b", "(-a -b)")]
    [InlineData("a AND (b OR c)", "(+a +(b c))")]
    [InlineData("(a OR b) AND c", "(+(a b) +c)")]
    [InlineData("(a)AND(b)", "(+(a) +(b))")]
    [InlineData("\"a\"OR\"b\"", "(a b)")]
    [InlineData("a&&b a||b &&c", "(a&&b a||b &&c)")]
    [InlineData("C++ a-b a+b", "(\"C++\" \"a-b\" \"a+b\")")]
    [InlineData("ANDROID ORDER NOTHING", "(ANDROID ORDER NOTHING)")]
    [InlineData("\"AND\" \\OR", "(AND OR)")]
    public void Parse_Operators_WorkAsInLucene(string query, string expected) => Reads(query, expected);

    [Theory]
    [InlineData("a and b", "(+a +b)")]
    [InlineData("a or b", "(a b)")]
    [InlineData("a And b oR c", "(+a +b c)")]
    [InlineData("a and not b", "(+a -b)")]
    [InlineData("a not b", "(a -b)")]
    [InlineData("not a", "(-a)")]
    [InlineData(" not a", "(-a)")]
    [InlineData("b (not a)", "(b (-a))")]
    [InlineData("a\nand\tb", "(+a +b)")]
    [InlineData("rock and", "(rock and)")]
    [InlineData("rock or  ", "(rock or)")]
    [InlineData("rock not", "(rock not)")]
    [InlineData("(rock and )", "(rock and)")]
    [InlineData("(rock not ) a", "((rock not) a)")]
    [InlineData("and rock", "(and rock)")]
    [InlineData("  and rock", "(and rock)")]
    [InlineData("(and rock)", "(and rock)")]
    [InlineData("( or rock)", "(or rock)")]
    [InlineData("or", "or")]
    [InlineData("a (b)and(c)", "(a (b) and (c))")]
    [InlineData("title:and b", "(title:and b)")]
    [InlineData("title:(rock and)", "(title:rock title:and)")]
    [InlineData("\"rock and roll\"", "\"rock and roll\"")]
    public void Parse_OperatorsInSmallLetters_CountBetweenOtherWordsOnly(string query, string expected) => Reads(query, expected);

    [Theory]
    [InlineData("riv*", "riv*")]
    [InlineData("r?ver", "r?ver")]
    [InlineData("*vers", "*vers")]
    [InlineData("?iver*s", "?iver*s")]
    [InlineData("title:*", "title:*")]
    [InlineData("title:(*)", "(title:*)")]
    [InlineData("*:*", "*:*")]
    [InlineData("*", "*:*")]
    [InlineData("-*:*", "(-*:*)")]
    [InlineData("*:* -a", "(*:* -a)")]
    [InlineData("a\\*b\\?", "\"a*b?\"")]
    [InlineData("a\\*b*", "a*b*")]
    [InlineData("river~", "river~2")]
    [InlineData("river~0", "river~0")]
    [InlineData("river~1", "river~1")]
    [InlineData("river~2", "river~2")]
    [InlineData("river~0.8", "river~0")]
    [InlineData("rivers~0.8", "rivers~1")]
    [InlineData("river~0.5", "river~2")]
    [InlineData("river~0.01", "river~2")]
    [InlineData("title:river~1^2", "title:river~1^2")]
    [InlineData("a^2 b^0.5 (c d)^3", "(a^2 b^0.5 (c d)^3)")]
    [InlineData("a^0", "a^0")]
    [InlineData("/r[ie]vers?/", "/r[ie]vers?/")]
    [InlineData("/a b/", "/a b/")]
    [InlineData("title:/a\\/b\\.c/", "title:/a/b\\.c/")]
    [InlineData("//", "//")]
    public void Parse_PatternsAndLikenesses_AreRead(string query, string expected) => Reads(query, expected);

    [Theory]
    [InlineData("date:[2019 TO 2021]", "date:[2019 TO 2021]")]
    [InlineData("date:{2019 TO 2021}", "date:{2019 TO 2021}")]
    [InlineData("date:[2019 TO 2021}", "date:[2019 TO 2021}")]
    [InlineData("date:{2019 TO 2021]", "date:{2019 TO 2021]")]
    [InlineData("date:[* TO 2021}", "date:[* TO 2021}")]
    [InlineData("date:{2019 TO *}", "date:{2019 TO *]")]
    [InlineData("date:[* TO *]", "date:[* TO *]")]
    [InlineData("date:[ 2019  to\t2021 ]", "date:[2019 TO 2021]")]
    [InlineData("date:[2019-05-17T10:00:00Z TO \"NOW/DAY\"]", "date:[2019-05-17T10:00:00Z TO NOW/DAY]")]
    [InlineData("[TO TO TO]", "[TO TO TO]")]
    [InlineData("[\"two rivers\" TO \"*\"]", "[two rivers TO *]")]
    [InlineData("[a\\]b TO c\\ d]^2", "[a]b TO c d]^2")]
    [InlineData("x:([1 TO 2] [4 TO 5])", "(x:[1 TO 2] x:[4 TO 5])")]
    public void Parse_Ranges_AreRead(string query, string expected) => Reads(query, expected);

    [Theory]
    [InlineData("dsPersistentId:10.5000/XXYYZZ/", "dsPersistentId:10.5000/XXYYZZ/")]
    [InlineData("a/b/c /d/ e", "(a/b/c /d/ e)")]
    [InlineData("doi:10.5072/FK2", "doi:10.5072/FK2")]
    [InlineData("DOI:10.5072/FK2", "\"DOI:10.5072/FK2\"")]
    [InlineData("id:doi:10.5072/FK2", "id:\"doi:10.5072/FK2\"")]
    [InlineData("https://example.org/a?b", "https://example.org/a?b")]
    [InlineData("hdl:123456789/42 urn:isbn:3", "(\"hdl:123456789/42\" \"urn:isbn:3\")")]
    [InlineData("http://example.org:8080/a oai:example.org:1/2", "(\"http://example.org:8080/a\" \"oai:example.org:1/2\")")]
    [InlineData("doi:\"10.5072/FK2\"", "doi:10.5072/FK2")]
    [InlineData("doi: 10.5072", "doi:10.5072")]
    [InlineData("doi:(a b)", "(doi:a doi:b)")]
    [InlineData("x:\"doi:10.5072/FK2\"", "x:\"doi:10.5072/FK2\"")]
    public void Parse_Identifiers_AreWordsWithTheirSigns(string query, string expected) => Reads(query, expected);

    [Theory]
    [InlineData("a\\:b", "\"a:b\"")]
    [InlineData("\\(a\\)", "\"(a)\"")]
    [InlineData("two\\ rivers", "\"two rivers\"")]
    [InlineData("\\+a \\-b \\!c", "(\"+a\" \"-b\" \"!c\")")]
    [InlineData("\\AND \\\\", "(AND \"\\\")")]
    [InlineData("caf\\u00e9", "café")]
    [InlineData("caf\\u00e", "cafu00e")]
    [InlineData("\"caf\\u00E9\"", "café")]
    [InlineData("dc\\.title:x", "dc.title:x")]
    [InlineData("\\/a/", "/a/")]
    public void Parse_Escapes_AreTheSignsThemselves(string query, string expected) => Reads(query, expected);

    [Theory]
    [InlineData("a OR b AND c", "(a +b +c)", "AND and OR stand side by side", 0, 12)]
    [InlineData("x (a && b || c)", "(x (+a +b c))", "Put parentheses around", 3, 14)]
    [InlineData("river~3", "river~2", "More than 2 changes are not looked for", 6, 7)]
    public void Parse_WhatReadersMightNotExpect_IsNoticed(string query, string expected, string notice, int start, int end)
    {
        var read = QueryParser.Parse(query);

        var noticed = Assert.Single(read.Notices);
        Assert.Equal((expected, new QuerySpan(start, end)), (QueryTree.Of(read.Root), noticed.Span));
        Assert.Contains(notice, noticed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnyNode_KnowsWhereItStands()
    {
        var read = QueryParser.Parse("title: rivers^2 AND -(\"a b\"~2 [1 TO x])");

        var group = Assert.IsType<GroupNode>(read.Root);
        var inner = Assert.IsType<GroupNode>(group.Clauses[1].Node);
        var range = Assert.IsType<RangeNode>(inner.Clauses[1].Node);
        Assert.Equal(
            ["title: rivers", "(\"a b\"~2 [1 TO x])", "\"a b\"~2", "[1 TO x]", "title", "1", "x"],
            new[] { group.Clauses[0].Node.Span, inner.Span, inner.Clauses[0].Node.Span, range.Span, ((ValueNode)group.Clauses[0].Node).Field!.Span, range.Lower!.Span, range.Upper!.Span }
                .Select(span => read.Text[span.Start..span.End]));
    }

    private static void Reads(string query, string expected)
    {
        var read = QueryParser.Parse(query);

        Assert.Equal(expected, QueryTree.Of(read.Root));
    }
}
