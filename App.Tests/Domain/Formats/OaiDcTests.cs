using AdminPortal.Domain.Formats;
using static AdminPortal.Tests.Domain.Formats.FormatSamples;

namespace AdminPortal.Tests.Domain.Formats;

public sealed class OaiDcTests
{
    private const string Root = """
        <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
        """;

    [Fact]
    public void Write_AThesis_SaysItInTheFifteenElements() => AssertWrites(Root + """
          <dc:title xml:lang="en">On Rivers</dc:title>
          <dc:title xml:lang="de">Von Flüssen</dc:title>
          <dc:creator>Doe, Jane</dc:creator>
          <dc:contributor>Roe, Richard</dc:contributor>
          <dc:subject xml:lang="en">rivers</dc:subject>
          <dc:publisher>University of Rivers</dc:publisher>
          <dc:date>2024-05-06</dc:date>
          <dc:date>2024-05-07</dc:date>
          <dc:type>Thesis</dc:type>
          <dc:format>application/pdf</dc:format>
          <dc:format>1000 bytes</dc:format>
          <dc:identifier>https://hdl.handle.net/123456789/42</dc:identifier>
          <dc:language>en-US</dc:language>
          <dc:rights>info:eu-repo/semantics/openAccess</dc:rights>
          <dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights>
        </oai_dc:dc>
        """, "oai_dc", Thesis);

    [Fact]
    public void Write_ADataset_HasCoverageRelationRightsAndFormats() => AssertWrites(Root + """
          <dc:title>Water levels</dc:title>
          <dc:creator>Water Institute, Delta Branch</dc:creator>
          <dc:contributor>Poe, Edna</dc:contributor>
          <dc:subject>551.48</dc:subject>
          <dc:description>Hourly levels.</dc:description>
          <dc:description>Delta Fund</dc:description>
          <dc:date>2021</dc:date>
          <dc:date>2019-02-30</dc:date>
          <dc:type>Dataset</dc:type>
          <dc:format>text/csv</dc:format>
          <dc:format>2034 bytes</dc:format>
          <dc:identifier>https://hdl.handle.net/123456789/43</dc:identifier>
          <dc:identifier>https://doi.org/10.5072/levels</dc:identifier>
          <dc:identifier>urn:issn:1234-567X</dc:identifier>
          <dc:relation>Levels; 3</dc:relation>
          <dc:relation>https://doi.org/10.5072/paper</dc:relation>
          <dc:coverage>Delta</dc:coverage>
          <dc:coverage>2000/2019</dc:coverage>
          <dc:rights>info:eu-repo/semantics/restrictedAccess</dc:rights>
          <dc:rights>http://creativecommons.org/licenses/by-nc/4.0/</dc:rights>
          <dc:rights>CC BY-NC 4.0</dc:rights>
        </oai_dc:dc>
        """, "oai_dc", Dataset);

    [Fact]
    public void Write_AwkwardValues_LeavesOutWhatMustNotLeaveAndWhatXmlDoesNotHave() => AssertWrites(Root + """
          <dc:title>Tom &amp; "Jerry" &lt;b>1 ]]&gt; 2&lt;/b></dc:title>
          <dc:title xml:lang="ja">川と🌊</dc:title>
          <dc:creator>ابن رشد</dc:creator>
          <dc:subject>water</dc:subject>
          <dc:description>Ask Tom, or</dc:description>
          <dc:date>around 1900</dc:date>
          <dc:type>Hypothesis</dc:type>
          <dc:identifier>https://hdl.handle.net/123456789/44</dc:identifier>
          <dc:rights>info:eu-repo/semantics/embargoedAccess</dc:rights>
        </oai_dc:dc>
        """, "oai_dc", Awkward);

    [Fact]
    public void Write_AnItemWithoutValues_HasATitleAnIdentifierAndItsAccess() => AssertWrites(Root + """
          <dc:title>123456789/42</dc:title>
          <dc:identifier>https://hdl.handle.net/123456789/42</dc:identifier>
          <dc:rights>http://purl.org/coar/access_right/c_14cb</dc:rights>
        </oai_dc:dc>
        """, "oai_dc", Thesis with { Values = [], Files = [] });

    [Fact]
    public void Write_ABareItem_GivesExactlyTheseBytes()
    {
        var item = Thesis with { Values = [Value("dc.title", "a\r\nb")], Files = [] };

        var written = FormatXml.Write(new OaiDc(), item);

        Assert.Equal(Root + "<dc:title>a\nb</dc:title><dc:identifier>https://hdl.handle.net/123456789/42</dc:identifier><dc:rights>http://purl.org/coar/access_right/c_14cb</dc:rights></oai_dc:dc>", System.Text.Encoding.UTF8.GetString(written));
    }
}
