using AdminPortal.Domain.Formats;
using static AdminPortal.Tests.Domain.Formats.FormatSamples;

namespace AdminPortal.Tests.Domain.Formats;

public sealed class DataciteTests
{
    private const string Root = """
        <resource xmlns="http://datacite.org/schema/kernel-4" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://datacite.org/schema/kernel-4 http://schema.datacite.org/meta/kernel-4.5/metadata.xsd">
        """;

    [Fact]
    public void Write_AThesisWithoutDoi_IsIdentifiedByItsHandle() => AssertWrites(Root + """
          <identifier identifierType="Handle">123456789/42</identifier>
          <creators>
            <creator>
              <creatorName nameType="Personal">Doe, Jane</creatorName>
              <givenName>Jane</givenName>
              <familyName>Doe</familyName>
              <nameIdentifier nameIdentifierScheme="ORCID" schemeURI="https://orcid.org">0000-0002-1825-0097</nameIdentifier>
            </creator>
          </creators>
          <titles>
            <title xml:lang="en">On Rivers</title>
            <title titleType="AlternativeTitle" xml:lang="de">Von Flüssen</title>
          </titles>
          <publisher>University of Rivers</publisher>
          <publicationYear>2024</publicationYear>
          <resourceType resourceTypeGeneral="Dissertation">Thesis</resourceType>
          <subjects>
            <subject xml:lang="en">rivers</subject>
          </subjects>
          <contributors>
            <contributor contributorType="Supervisor">
              <contributorName nameType="Personal">Roe, Richard</contributorName>
              <givenName>Richard</givenName>
              <familyName>Roe</familyName>
            </contributor>
          </contributors>
          <dates>
            <date dateType="Issued">2024-05-06</date>
            <date dateType="Available">2024-05-07</date>
          </dates>
          <language>en-US</language>
          <alternateIdentifiers>
            <alternateIdentifier alternateIdentifierType="URL">https://hdl.handle.net/123456789/42</alternateIdentifier>
          </alternateIdentifiers>
          <sizes>
            <size>1000 bytes</size>
          </sizes>
          <formats>
            <format>application/pdf</format>
          </formats>
          <rightsList>
            <rights rightsURI="info:eu-repo/semantics/openAccess">open access</rights>
            <rights rightsURI="https://creativecommons.org/licenses/by/4.0/" rightsIdentifier="CC-BY-4.0" rightsIdentifierScheme="SPDX" schemeURI="https://spdx.org/licenses/">CC-BY-4.0</rights>
          </rightsList>
        </resource>
        """, "Datacite", Thesis);

    [Fact]
    public void Write_ADataset_LiesInTheEnvelopeOfOpenAire() => AssertWrites("""
        <oai_datacite xmlns="http://schema.datacite.org/oai/oai-1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://schema.datacite.org/oai/oai-1.1/ http://schema.datacite.org/oai/oai-1.1/oai.xsd">
          <schemaVersion>4.5</schemaVersion>
          <datacentreSymbol>Repository of Rivers</datacentreSymbol>
          <payload>
        """ + Root + """
          <identifier identifierType="DOI">10.5072/levels</identifier>
          <creators>
            <creator>
              <creatorName>Water Institute, Delta Branch</creatorName>
            </creator>
          </creators>
          <titles>
            <title>Water levels</title>
          </titles>
          <publisher>Repository of Rivers</publisher>
          <publicationYear>2021</publicationYear>
          <resourceType resourceTypeGeneral="Dataset">Dataset</resourceType>
          <subjects>
            <subject subjectScheme="DDC">551.48</subject>
          </subjects>
          <contributors>
            <contributor contributorType="Editor">
              <contributorName nameType="Personal">Poe, Edna</contributorName>
              <givenName>Edna</givenName>
              <familyName>Poe</familyName>
            </contributor>
          </contributors>
          <dates>
            <date dateType="Issued">2021</date>
          </dates>
          <alternateIdentifiers>
            <alternateIdentifier alternateIdentifierType="Handle">123456789/43</alternateIdentifier>
            <alternateIdentifier alternateIdentifierType="URL">https://hdl.handle.net/123456789/43</alternateIdentifier>
            <alternateIdentifier alternateIdentifierType="ISSN">1234-567X</alternateIdentifier>
          </alternateIdentifiers>
          <relatedIdentifiers>
            <relatedIdentifier relatedIdentifierType="DOI" relationType="IsReferencedBy">10.5072/paper</relatedIdentifier>
          </relatedIdentifiers>
          <sizes>
            <size>2034 bytes</size>
          </sizes>
          <formats>
            <format>text/csv</format>
          </formats>
          <rightsList>
            <rights rightsURI="info:eu-repo/semantics/restrictedAccess">restricted access</rights>
            <rights rightsURI="http://creativecommons.org/licenses/by-nc/4.0/" rightsIdentifier="CC-BY-NC-4.0" rightsIdentifierScheme="SPDX" schemeURI="https://spdx.org/licenses/">CC BY-NC 4.0</rights>
          </rightsList>
          <descriptions>
            <description descriptionType="Abstract">Hourly levels.</description>
            <description descriptionType="SeriesInformation">Levels; 3</description>
          </descriptions>
          <geoLocations>
            <geoLocation>
              <geoLocationPlace>Delta</geoLocationPlace>
            </geoLocation>
          </geoLocations>
          <fundingReferences>
            <fundingReference>
              <funderName>Delta Fund</funderName>
              <awardNumber>D-7</awardNumber>
            </fundingReference>
          </fundingReferences>
        </resource>
          </payload>
        </oai_datacite>
        """, "oai_datacite", Dataset);

    [Theory]
    [InlineData("dc.title")]
    [InlineData("dc.contributor.author")]
    [InlineData("dc.type")]
    public void Fits_AMandatoryFieldIsMissing_IsFalse(string field) =>
        Assert.False(Crosswalk("oai_datacite").Fits(Thesis with { Values = [.. Thesis.Values.Where(value => value.Field != field)] }));

    [Fact]
    public void Fits_NoDateHasAYear_IsFalse() => Assert.False(Crosswalk("Datacite").Fits(Thesis with { Values = [.. Thesis.Values.Where(value => !value.Field.StartsWith("dc.date", StringComparison.Ordinal)), Value("dc.date.issued", "around 1900")] }));

    [Fact]
    public void Fits_WithoutAPublisher_NeedsTheRepositorysName()
    {
        var item = Thesis with { Values = [.. Thesis.Values.Where(value => value.Field != "dc.publisher")] };

        Assert.Equal((true, false), (Crosswalk("Datacite").Fits(item), Crosswalk("Datacite").Fits(item with { Repository = " \u0001" })));
    }

    [Theory]
    [InlineData("Thesis", "Dissertation")]
    [InlineData("Doctoral theses", "Dissertation")]
    [InlineData("Hypothesis", "Other")]
    [InlineData("info:eu-repo/semantics/article", "JournalArticle")]
    [InlineData("Conference paper", "ConferencePaper")]
    [InlineData("Working Paper", "Report")]
    [InlineData("Book chapter", "BookChapter")]
    [InlineData("", "Other")]
    public void General_ATypeInWords_IsAWordOfDataCite(string type, string general) => Assert.Equal(general, DataciteTypes.General(type));
}
