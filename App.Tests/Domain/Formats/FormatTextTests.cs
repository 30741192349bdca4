using System.Xml;
using AdminPortal.Domain.Formats;
using static AdminPortal.Tests.Domain.Formats.FormatSamples;

namespace AdminPortal.Tests.Domain.Formats;

public sealed class FormatTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u0000b\u001Fc\uFFFEd\uFFFFe", "abcde")]
    [InlineData("\tx\ny\r", "\tx\ny\r")]
    public void Clean_CharactersThatXmlDoesNotHave_AreTakenOut(string text, string clean) => Assert.Equal(clean, XmlCharacters.Clean(text));

    // Not a theory: the compiler stores the texts of attributes as UTF-8, which has no halves of pairs.
    [Fact]
    public void Clean_HalvesOfPairs_AreTakenOutAndPairsStay() => Assert.Equal("\U0001F30A   ", XmlCharacters.Clean("\U0001F30A \uD83C \uDF0A \uDF0A\uD83C"));

    [Theory]
    [InlineData("en", "en")]
    [InlineData("en_US", "en-US")]
    [InlineData("sr-Latn", "sr-Latn")]
    [InlineData("x-klingon", "x-klingon")]
    [InlineData("*", null)]
    [InlineData("x", null)]
    [InlineData("other", null)]
    [InlineData("en us", null)]
    [InlineData("en-", null)]
    [InlineData("en\n", "en")]
    [InlineData("", null)]
    public void Find_ALanguage_IsATagOrNothing(string language, string? tag) => Assert.Equal(tag, LanguageTag.Find(language));

    [Theory]
    [InlineData("2024", true)]
    [InlineData("2024-02-29", true)]
    [InlineData("2023-02-29", false)]
    [InlineData("2024-05-06T07:08:09Z", true)]
    [InlineData("2024-05T07:08:09Z", false)]
    [InlineData("2024-05-06T25:08:09Z", false)]
    [InlineData("0000", false)]
    [InlineData("2024-5-6", false)]
    [InlineData("٢٠٢٤", false)]
    public void IsDate_AText_IsADateOfTheCalendar(string text, bool isDate) => Assert.Equal(isDate, W3cDate.IsDate(text));

    [Theory]
    [InlineData("Write to jane.doe@example.org", "Write to")]
    [InlineData("Jane Doe <jane@example.org>", "Jane Doe")]
    [InlineData("Jane (jane@example.org), Roe", "Jane, Roe")]
    [InlineData("https://user@example.org/@name", "https://user@example.org/@name")]
    [InlineData("5 @ 3", "5 @ 3")]
    [InlineData("@handle", "@handle")]
    public void Text_WithAnAddress_LosesIt(string text, string left) => Assert.Equal(left, FormatValues.Text(text));

    [Fact]
    public void Text_ALongRunOfLettersWithASign_IsLookedAtOnce()
    {
        var text = new string('a', 200_000) + "@" + new string('b', 200_000);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(text, FormatValues.Text(text));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
    }

    [Theory]
    [InlineData("https://doi.org/10.5072/a(b)c", "10.5072/a(b)c")]
    [InlineData("DOI: 10.5072/x", "10.5072/x")]
    [InlineData("10.5072/x", "10.5072/x")]
    [InlineData("see 10.5072/x", null)]
    public void Doi_InItsForms_IsFound(string text, string? doi) => Assert.Equal(doi, Identifiers.Doi(text));

    [Theory]
    [InlineData("will be referenced::ORCID::0000-0002-1825-0097", "0000-0002-1825-0097")]
    [InlineData("0000-0002-9079-593X", "0000-0002-9079-593X")]
    [InlineData("0000-0002-1825-0098", null)]
    public void Orcid_ItsCheckDigit_MustBeRight(string text, string? orcid) => Assert.Equal(orcid, Identifiers.Orcid(text));

    [Theory]
    [InlineData("dc.description.provenance", false)]
    [InlineData("DC.Description.Provenance", false)]
    [InlineData("dc.description.provenance.en", false)]
    [InlineData("eperson.phone", false)]
    [InlineData("dspace.entity.type", true)]
    [InlineData("dspace.object.owner", false)]
    [InlineData("dc.provenance", true)]
    public void Contains_AField_IsForTheOutsideOrNot(string field, bool leaves) => Assert.Equal(leaves, LeavingFields.Contains(field));

    [Fact]
    public void Write_ACrosswalkOfOthersThatTakesNoCare_IsCleanedAllTheSame()
    {
        var written = FormatXml.Write(new Careless(), Awkward);

        Assert.Equal("<x a=\"1&amp;2\">b🌊<!--c-->d]]&gt;</x>", System.Text.Encoding.UTF8.GetString(written));
    }

    [Fact]
    public void Write_AnItemThatDoesNotFit_IsRefused() => Assert.Throws<InvalidOperationException>(() => FormatXml.Write(new Datacite(), Awkward));

    private sealed class Careless : ICrosswalk
    {
        public MetadataFormat Format { get; } = new("x", "X", "urn:x", "urn:x");

        public bool Fits(FormatItem item) => true;

        public void Write(FormatItem item, XmlWriter xml)
        {
            xml.WriteStartElement("x");
            xml.WriteAttributeString("a", "1\u0001&2");
            xml.WriteChars("b\uD83C\uDF0A\uDF0A".ToCharArray(), 0, 4);
            xml.WriteCharEntity('\uFFFF');
            xml.WriteComment("c\u0002");
            xml.WriteString("d\u0003]]>");
            xml.WriteEndElement();
        }
    }
}
