using static AdminPortal.Tests.Domain.Formats.FormatSamples;

namespace AdminPortal.Tests.Domain.Formats;

public sealed class QualifiedDcTests
{
    private const string Root = """
        <qdc:qualifieddc xmlns:qdc="http://dspace.org/qualifieddc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://dspace.org/qualifieddc/ http://www.ukoln.ac.uk/metadata/dcmi/xmlschema/qualifieddc.xsd http://purl.org/dc/elements/1.1/ http://dublincore.org/schemas/xmls/qdc/2008/02/11/dc.xsd http://purl.org/dc/terms/ http://dublincore.org/schemas/xmls/qdc/2008/02/11/dcterms.xsd">
        """;

    [Fact]
    public void Write_AThesis_KeepsTheRefinements() => AssertWrites(Root + """
          <dc:title xml:lang="en">On Rivers</dc:title>
          <dcterms:alternative xml:lang="de">Von Flüssen</dcterms:alternative>
          <dc:creator>Doe, Jane</dc:creator>
          <dc:contributor>Roe, Richard</dc:contributor>
          <dc:subject xml:lang="en">rivers</dc:subject>
          <dc:publisher>University of Rivers</dc:publisher>
          <dcterms:issued xsi:type="dcterms:W3CDTF">2024-05-06</dcterms:issued>
          <dcterms:available xsi:type="dcterms:W3CDTF">2024-05-07</dcterms:available>
          <dc:type>Thesis</dc:type>
          <dc:format xsi:type="dcterms:IMT">application/pdf</dc:format>
          <dcterms:extent>1000 bytes</dcterms:extent>
          <dc:identifier xsi:type="dcterms:URI">https://hdl.handle.net/123456789/42</dc:identifier>
          <dc:language xsi:type="dcterms:RFC4646">en-US</dc:language>
          <dcterms:accessRights>info:eu-repo/semantics/openAccess</dcterms:accessRights>
          <dcterms:license xsi:type="dcterms:URI">https://creativecommons.org/licenses/by/4.0/</dcterms:license>
        </qdc:qualifieddc>
        """, "qdc", Thesis);

    [Fact]
    public void Write_ADataset_NamesTheSchemesThatHold() => AssertWrites(Root + """
          <dc:title>Water levels</dc:title>
          <dc:creator>Water Institute, Delta Branch</dc:creator>
          <dc:contributor>Poe, Edna</dc:contributor>
          <dc:subject xsi:type="dcterms:DDC">551.48</dc:subject>
          <dcterms:abstract>Hourly levels.</dcterms:abstract>
          <dc:description>Delta Fund</dc:description>
          <dcterms:issued xsi:type="dcterms:W3CDTF">2021</dcterms:issued>
          <dcterms:created>2019-02-30</dcterms:created>
          <dc:type xsi:type="dcterms:DCMIType">Dataset</dc:type>
          <dc:format xsi:type="dcterms:IMT">text/csv</dc:format>
          <dcterms:extent>2034 bytes</dcterms:extent>
          <dc:identifier xsi:type="dcterms:URI">https://hdl.handle.net/123456789/43</dc:identifier>
          <dc:identifier xsi:type="dcterms:URI">https://doi.org/10.5072/levels</dc:identifier>
          <dc:identifier>urn:issn:1234-567X</dc:identifier>
          <dcterms:isPartOf>Levels; 3</dcterms:isPartOf>
          <dcterms:isReferencedBy xsi:type="dcterms:URI">https://doi.org/10.5072/paper</dcterms:isReferencedBy>
          <dcterms:spatial>Delta</dcterms:spatial>
          <dcterms:temporal>2000/2019</dcterms:temporal>
          <dcterms:accessRights>info:eu-repo/semantics/restrictedAccess</dcterms:accessRights>
          <dcterms:license xsi:type="dcterms:URI">http://creativecommons.org/licenses/by-nc/4.0/</dcterms:license>
          <dc:rights>CC BY-NC 4.0</dc:rights>
        </qdc:qualifieddc>
        """, "qdc", Dataset);

    [Fact]
    public void Write_FieldsOfDcterms_AreTheirOwnTerms() => AssertWrites(Root + """
          <dc:title>A title</dc:title>
          <dcterms:modified xsi:type="dcterms:W3CDTF">2020</dcterms:modified>
          <dc:identifier xsi:type="dcterms:URI">https://hdl.handle.net/123456789/42</dc:identifier>
          <dcterms:accessRights xsi:type="dcterms:URI">http://purl.org/coar/access_right/c_16ec</dcterms:accessRights>
          <dcterms:audience xml:lang="en">pupils</dcterms:audience>
          <dcterms:provenance>A cellar</dcterms:provenance>
        </qdc:qualifieddc>
        """, "qdc", Thesis with
    {
        Files = [],
        Values =
        [
            Value("dc.provenance", "A cellar"),
            Value("dcterms.audience", "pupils", "en"),
            Value("dcterms.accessRights", "http://purl.org/coar/access_right/c_16ec"),
            Value("dcterms.modified", "2020"),
            Value("dcterms.title", "A title"),
            Value("dcterms.nonsense", "?"),
        ],
    });
}
