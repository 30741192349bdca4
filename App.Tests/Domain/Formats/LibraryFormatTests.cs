using static AdminPortal.Tests.Domain.Formats.FormatSamples;

namespace AdminPortal.Tests.Domain.Formats;

/// <summary>Formats of library catalogues and of collectors of theses.</summary>
public sealed class LibraryFormatTests
{
    [Fact]
    public void Write_AThesisAsMarc_HasItsFieldsInOrder() => AssertWrites("""
        <record xmlns="http://www.loc.gov/MARC21/slim" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.loc.gov/MARC21/slim http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd">
          <leader>     nam a22     3u 4500</leader>
          <datafield tag="024" ind1="7" ind2=" "><subfield code="a">123456789/42</subfield><subfield code="2">hdl</subfield></datafield>
          <datafield tag="041" ind1=" " ind2="7"><subfield code="a">en-US</subfield><subfield code="2">rfc5646</subfield></datafield>
          <datafield tag="100" ind1="1" ind2=" "><subfield code="a">Doe, Jane</subfield><subfield code="4">aut</subfield><subfield code="0">(orcid)0000-0002-1825-0097</subfield></datafield>
          <datafield tag="245" ind1="1" ind2="0"><subfield code="a">On Rivers</subfield></datafield>
          <datafield tag="246" ind1="3" ind2=" "><subfield code="a">Von Flüssen</subfield></datafield>
          <datafield tag="264" ind1=" " ind2="1"><subfield code="b">University of Rivers</subfield><subfield code="c">2024-05-06</subfield></datafield>
          <datafield tag="506" ind1=" " ind2=" "><subfield code="a">open access</subfield></datafield>
          <datafield tag="540" ind1=" " ind2=" "><subfield code="u">https://creativecommons.org/licenses/by/4.0/</subfield></datafield>
          <datafield tag="653" ind1=" " ind2=" "><subfield code="a">rivers</subfield></datafield>
          <datafield tag="655" ind1=" " ind2="4"><subfield code="a">Thesis</subfield></datafield>
          <datafield tag="700" ind1="1" ind2=" "><subfield code="a">Roe, Richard</subfield><subfield code="4">ths</subfield></datafield>
          <datafield tag="856" ind1="4" ind2="0"><subfield code="u">https://hdl.handle.net/123456789/42</subfield></datafield>
          <datafield tag="856" ind1="4" ind2="1"><subfield code="u">https://example.org/files/thesis.pdf</subfield><subfield code="q">application/pdf</subfield><subfield code="y">thesis.pdf</subfield></datafield>
        </record>
        """, "marcxml", Thesis);

    [Fact]
    public void Write_AThesisAsMods_NamesWhoDidWhat() => AssertWrites("""
        <mods xmlns="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.loc.gov/mods/v3 http://www.loc.gov/standards/mods/v3/mods-3-8.xsd" version="3.8">
          <titleInfo xml:lang="en"><title>On Rivers</title></titleInfo>
          <titleInfo type="alternative" xml:lang="de"><title>Von Flüssen</title></titleInfo>
          <name type="personal">
            <namePart type="family">Doe</namePart>
            <namePart type="given">Jane</namePart>
            <nameIdentifier type="orcid">0000-0002-1825-0097</nameIdentifier>
            <role><roleTerm type="text" authority="marcrelator">author</roleTerm></role>
          </name>
          <name type="personal">
            <namePart type="family">Roe</namePart>
            <namePart type="given">Richard</namePart>
            <role><roleTerm type="text" authority="marcrelator">thesis advisor</roleTerm></role>
          </name>
          <genre>Thesis</genre>
          <originInfo>
            <publisher>University of Rivers</publisher>
            <dateIssued encoding="w3cdtf">2024-05-06</dateIssued>
            <dateOther encoding="w3cdtf" type="available">2024-05-07</dateOther>
          </originInfo>
          <language><languageTerm type="code" authority="rfc5646">en-US</languageTerm></language>
          <physicalDescription>
            <internetMediaType>application/pdf</internetMediaType>
            <extent>1000 bytes</extent>
          </physicalDescription>
          <subject xml:lang="en"><topic>rivers</topic></subject>
          <identifier type="hdl">123456789/42</identifier>
          <location>
            <url usage="primary" access="object in context">https://hdl.handle.net/123456789/42</url>
            <url access="raw object" displayLabel="thesis.pdf">https://example.org/files/thesis.pdf</url>
          </location>
          <accessCondition type="restriction on access">open access</accessCondition>
          <accessCondition type="use and reproduction" xlink:href="https://creativecommons.org/licenses/by/4.0/">https://creativecommons.org/licenses/by/4.0/</accessCondition>
          <recordInfo>
            <recordCreationDate encoding="w3cdtf">2024-05-07</recordCreationDate>
            <recordIdentifier>123456789/42</recordIdentifier>
          </recordInfo>
        </mods>
        """, "mods", Thesis);

    [Fact]
    public void Write_AThesisAsEtdMs_HasItsDegree() => AssertWrites("""
        <thesis xmlns="http://www.ndltd.org/standards/metadata/etdms/1.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.ndltd.org/standards/metadata/etdms/1.0/ http://www.ndltd.org/standards/metadata/etdms/1.0/etdms.xsd">
          <title xml:lang="en">On Rivers</title>
          <alternativeTitle xml:lang="de">Von Flüssen</alternativeTitle>
          <creator>Doe, Jane</creator>
          <subject xml:lang="en">rivers</subject>
          <publisher>University of Rivers</publisher>
          <contributor>Roe, Richard</contributor>
          <date>2024-05-06</date>
          <date>2024-05-07</date>
          <type>Thesis</type>
          <format>application/pdf</format>
          <format>1000 bytes</format>
          <identifier>https://hdl.handle.net/123456789/42</identifier>
          <language>en-US</language>
          <rights>info:eu-repo/semantics/openAccess</rights>
          <rights>https://creativecommons.org/licenses/by/4.0/</rights>
          <degree>
            <name>Dr. rer. nat.</name>
            <grantor>University of Rivers</grantor>
          </degree>
        </thesis>
        """, "etdms", Thesis with { Values = [.. Thesis.Values, Value("thesis.degree.grantor", "University of Rivers"), Value("thesis.degree.name", "Dr. rer. nat.")] });

    [Fact]
    public void Fits_WhatIsNoThesis_IsNotForEtdMs() => Assert.Equal((true, false, false), (Crosswalk("etdms").Fits(Thesis), Crosswalk("etdms").Fits(Dataset), Crosswalk("etdms").Fits(Awkward)));
}
