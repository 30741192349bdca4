using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

public sealed class AnalyzerTests
{
    [Theory]
    [InlineData("Two Rivers, 2nd edition (1990)", "two rivers 2nd edition 1990")]
    [InlineData("", "")]
    [InlineData(" \t\n--- ", "")]
    [InlineData("wood-carving O'Brien A&B x_y a.b", "wood carving o brien a b x y a b")]
    [InlineData("running tests", "running tests")]
    [InlineData("the of and", "the of and")]
    [InlineData("10.5072/FK2/ABC_1", "10 5072 fk2 abc 1")]
    [InlineData("C++ 3½ m²", "c 31⁄2 m2")]
    [InlineData("Ⅻ XII", "xii xii")]
    [InlineData("٣ १", "٣ १")]
    [InlineData("a\u00ADb zero\u200Bwidth \uFEFFmark", "ab zerowidth mark")]
    [InlineData("one\u00A0two\u2028three\u3000four", "one two three four")]
    [InlineData("😀 smile", "smile")]
    public void Words_Text_IsBrokenAtWhatIsNoLetterOrDigit(string text, string expected) => Breaks(text, expected.Replace("31⁄2", "31 2", StringComparison.Ordinal));

    [Theory]
    [InlineData("É é e\u0301 E\u0301", "e e e e")]
    [InlineData("Straße STRASSE ẞ", "strasse strasse ss")]
    [InlineData("Ørsted Łódź Đorđe þorn Æsir œuvre ħ ŋ ŧ ı", "orsted lodz dorde thorn aesir oeuvre h n t i")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ＦＵＬＬ　ｗｉｄｔｈ１２", "full width12")]
    [InlineData("ﬁnance eﬃcient", "finance efficient")]
    [InlineData("Ωμέγας ΩΜΈΓΑΣ ωμεγας", "ωμεγασ ωμεγασ ωμεγασ")]
    [InlineData("Žluťoučký kůň", "zlutoucky kun")]
    [InlineData("Ёлка Йод", "елка иод")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("مَدرَسة", "مدرسة")]
    [InlineData("𝒜𝔹𝟙", "ab1")]
    public void Words_LettersOfAllKinds_AreMadePlain(string text, string expected) => Breaks(text, expected);

    [Theory]
    [InlineData("日本語", "日 本 語")]
    [InlineData("東京2020年", "東 京 2020 年")]
    [InlineData("abc日def", "abc 日 def")]
    [InlineData("ひらがな", "ひ ら か\u3099 な")]
    [InlineData("カタカナ", "カタカナ")]
    [InlineData("\U00020000字", "\U00020000 字")]
    [InlineData("한국어 문서", "한국어 문서")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("ไทย", "ไ ท ย")]
    [InlineData("ก็", "ก็")]
    [InlineData("မြန်", "မြ န်")]
    public void Words_ScriptsWithoutSpaces_GiveAWordPerCharacter(string text, string expected) => Breaks(text, expected.Normalize());

    [Theory]
    [InlineData("https://doi.org/10.5072/FK2")]
    [InlineData("http://doi.org/10.5072/FK2")]
    [InlineData("https://dx.doi.org/10.5072/FK2")]
    [InlineData("HTTP://DX.DOI.ORG/10.5072/FK2")]
    [InlineData("doi:10.5072/FK2")]
    public void Words_ResolverOfADoi_IsItsScheme(string text) => Breaks(text, "doi 10 5072 fk2");

    [Theory]
    [InlineData("https://hdl.handle.net/123456789/42", "hdl 123456789 42")]
    [InlineData("http://hdl.handle.net/123456789/42", "hdl 123456789 42")]
    [InlineData("hdl:123456789/42", "hdl 123456789 42")]
    [InlineData("https://example.org/10.5072", "https example org 10 5072")]
    [InlineData("see https://doi.org/10.5072", "see https doi org 10 5072")]
    public void Words_OtherAddresses_AreHandlesOrStayWhole(string text, string expected) => Breaks(text, expected);

    [Theory]
    [InlineData("a\uD800b", "a b")]
    [InlineData("\uDC00", "")]
    [InlineData("river\uD83D", "river")]
    [InlineData("é\uFFFEa\uFFFFb", "e a b")]
    [InlineData("é\u0000a", "e a")]
    [InlineData("é\U0001FFFEa", "e a")]
    public void Words_WhatIsNotText_PartsWords(string text, string expected) => Breaks(text, expected);

    [Fact]
    public void Words_EndlessWord_IsSeveral()
    {
        var words = Analyzer.Words(new string('a', 250) + string.Concat(Enumerable.Repeat("\U00010330", 60)));

        Assert.Equal([new('a', 100), new('a', 100), new string('a', 50) + string.Concat(Enumerable.Repeat("\U00010330", 25)), string.Concat(Enumerable.Repeat("\U00010330", 35))], words);
    }

    [Fact]
    public void Words_RandomText_AreFoundAgainWhateverItsForm()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => (char)random.Next(0x10000)));

            var words = Analyzer.Words(text);

            Assert.All(words, word => Assert.Equal([word], Analyzer.Words(word)));
            Assert.Equal(words, Analyzer.Words(Analyzer.Whole(text)));
        }
    }

    [Theory]
    [InlineData("  Two \t\n Rivers\u00A0 ", "two rivers")]
    [InlineData("Smith, J.: É", "smith, j.: e")]
    [InlineData(" ", "")]
    public void Whole_Value_IsFoldedWithSingleSpaces(string text, string expected) => Assert.Equal(expected, Analyzer.Whole(text));

    private static void Breaks(string text, string expected) => Assert.Equal(expected, string.Join(' ', Analyzer.Words(text)));
}
