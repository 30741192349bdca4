using static AdminPortal.Tests.Domain.Formats.FormatSamples;

namespace AdminPortal.Tests.Domain.Formats;

/// <summary>Formats that repositories harvest from each other.</summary>
public sealed class RepositoryFormatTests
{
    private static readonly AdminPortal.Domain.Formats.FormatItem _small = Thesis with { Values = [Value("dc.title", "On Rivers", "en"), Value("dc.rights.uri", "https://example.org/terms")] };

    [Fact]
    public void Write_AwkwardValuesAsDim_KeepsTheFields() => AssertWrites("""
        <dim:dim xmlns:dim="http://www.dspace.org/xmlns/dspace/dim" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.dspace.org/xmlns/dspace/dim http://www.dspace.org/schema/dim.xsd">
          <dim:field mdschema="dc" element="title">Tom &amp; "Jerry" &lt;b>1 ]]&gt; 2&lt;/b></dim:field>
          <dim:field mdschema="dc" element="title" qualifier="alternative" lang="ja">川と🌊</dim:field>
          <dim:field mdschema="dc" element="contributor" qualifier="author">ابن رشد</dim:field>
          <dim:field mdschema="dc" element="description" qualifier="abstract">Ask Tom, or</dim:field>
          <dim:field mdschema="dc" element="subject">water</dim:field>
          <dim:field mdschema="dc" element="subject" qualifier="local">water</dim:field>
          <dim:field mdschema="dc" element="date" qualifier="issued">around 1900</dim:field>
          <dim:field mdschema="dc" element="type">Hypothesis</dim:field>
          <dim:field mdschema="dc" element="rights">info:eu-repo/semantics/embargoedAccess</dim:field>
          <dim:field mdschema="local" element="">a field without a dot</dim:field>
        </dim:dim>
        """, "dim", Awkward);

    [Fact]
    public void Write_AnAuthorityAsDim_GoesWithItsConfidence() => Assert.Contains(
        """<dim:field mdschema="dc" element="contributor" qualifier="author" authority="will be referenced::ORCID::0000-0002-1825-0097" confidence="600">Doe, Jane</dim:field>""", Write("dim", Thesis));

    [Fact]
    public void Write_AsRdf_LinksWhatIsALink() => AssertWrites("""
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
          <rdf:Description rdf:about="https://hdl.handle.net/123456789/42">
            <dc:title xml:lang="en">On Rivers</dc:title>
            <dc:format>application/pdf</dc:format>
            <dcterms:extent>1000 bytes</dcterms:extent>
            <dc:identifier>https://hdl.handle.net/123456789/42</dc:identifier>
            <dcterms:accessRights>info:eu-repo/semantics/openAccess</dcterms:accessRights>
            <dcterms:license rdf:resource="https://example.org/terms" />
          </rdf:Description>
        </rdf:RDF>
        """, "rdf", _small);

    [Fact]
    public void Write_AsXoai_NestsSchemaElementQualifierAndLanguage() => AssertWrites("""
        <metadata xmlns="http://www.lyncode.com/xoai" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.lyncode.com/xoai http://www.lyncode.com/xsd/xoai.xsd">
          <element name="dc">
            <element name="title"><element name="en"><field name="value">On Rivers</field></element></element>
            <element name="rights"><element name="uri"><element name="none"><field name="value">https://example.org/terms</field></element></element></element>
          </element>
          <element name="bundles">
            <element name="bundle">
              <field name="name">ORIGINAL</field>
              <element name="bitstreams">
                <element name="bitstream">
                  <field name="name">thesis.pdf</field>
                  <field name="format">application/pdf</field>
                  <field name="size">1000</field>
                  <field name="url">https://example.org/files/thesis.pdf</field>
                  <field name="checksum">0123456789abcdef0123456789abcdef</field>
                  <field name="checksumAlgorithm">MD5</field>
                </element>
              </element>
            </element>
          </element>
          <element name="others">
            <field name="handle">123456789/42</field>
            <field name="identifier">https://hdl.handle.net/123456789/42</field>
            <field name="collection">Theses</field>
          </element>
          <element name="repository"><field name="name">Repository of Rivers</field></element>
        </metadata>
        """, "xoai", _small);

    [Fact]
    public void Write_AsDidl_HoldsTheDublinCoreAndTheFiles() => AssertWrites($"""
        <d:DIDL xmlns:d="urn:mpeg:mpeg21:2002:02-DIDL-NS" xmlns:dii="urn:mpeg:mpeg21:2002:01-DII-NS" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:mpeg:mpeg21:2002:02-DIDL-NS http://standards.iso.org/ittf/PubliclyAvailableStandards/MPEG-21_schema_files/did/didl.xsd urn:mpeg:mpeg21:2002:01-DII-NS http://standards.iso.org/ittf/PubliclyAvailableStandards/MPEG-21_schema_files/dii/dii.xsd">
          <d:Item id="hdl_123456789_42">
            <d:Descriptor>
              <d:Statement mimeType="application/xml; charset=utf-8"><dii:Identifier>urn:hdl:123456789/42</dii:Identifier></d:Statement>
            </d:Descriptor>
            <d:Descriptor>
              <d:Statement mimeType="application/xml; charset=utf-8">{Write("oai_dc", _small)}</d:Statement>
            </d:Descriptor>
            <d:Component id="hdl_123456789_42_1">
              <d:Resource mimeType="application/pdf" ref="https://example.org/files/thesis.pdf" />
            </d:Component>
          </d:Item>
        </d:DIDL>
        """, "didl", _small);

    [Fact]
    public void Write_AsMets_TellsOfFilesThatAreClosed() => AssertWrites($"""
        <mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.loc.gov/METS/ http://www.loc.gov/standards/mets/mets.xsd" OBJID="hdl:123456789/43" LABEL="Water levels" TYPE="DSpace ITEM">
          <dmdSec ID="hdl_123456789_43_mods">
            <mdWrap MDTYPE="MODS">
              <xmlData>{Write("mods", Dataset)}</xmlData>
            </mdWrap>
          </dmdSec>
          <fileSec>
            <fileGrp USE="ORIGINAL">
              <file ID="hdl_123456789_43_file_1" MIMETYPE="text/csv" SIZE="2000" />
              <file ID="hdl_123456789_43_file_2" MIMETYPE="text/csv" SIZE="30" />
              <file ID="hdl_123456789_43_file_3" SIZE="4" />
            </fileGrp>
          </fileSec>
          <structMap TYPE="LOGICAL">
            <div TYPE="DSpace Item" DMDID="hdl_123456789_43_mods">
              <div TYPE="DSpace BITSTREAM" LABEL="levels.csv"><fptr FILEID="hdl_123456789_43_file_1" /></div>
              <div TYPE="DSpace BITSTREAM" LABEL="more.csv"><fptr FILEID="hdl_123456789_43_file_2" /></div>
              <div TYPE="DSpace BITSTREAM" LABEL="notes"><fptr FILEID="hdl_123456789_43_file_3" /></div>
            </div>
          </structMap>
        </mets>
        """, "mets", Dataset);
}
