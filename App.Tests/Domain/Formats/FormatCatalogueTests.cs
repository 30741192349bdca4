using AdminPortal.Domain.Formats;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Domain.Formats;

public sealed class FormatCatalogueTests
{
    [Fact]
    public void Find_APrefix_GivesItsCrosswalkWhateverElseIsRegistered()
    {
        using var services = new ServiceCollection().AddFormats().BuildServiceProvider();
        var catalogue = services.GetRequiredService<FormatCatalogue>();

        Assert.Equal(["oai_dc", "qdc", "oai_datacite", "Datacite", "dim", "rdf", "marcxml", "mods", "etdms", "xoai", "didl", "mets"], catalogue.All.Select(crosswalk => crosswalk.Format.Prefix));
        Assert.IsType<OaiDc>(catalogue.Find("oai_dc"));
        Assert.Null(catalogue.Find("OAI_DC"));
    }

    [Fact]
    public void For_AnItemWithoutAYear_LeavesOutTheChoosyFormats()
    {
        var prefixes = new FormatCatalogue(FormatCatalogue.BuiltIn).For(FormatSamples.Awkward).Select(crosswalk => crosswalk.Format.Prefix);

        Assert.Equal(["oai_dc", "qdc", "dim", "rdf", "marcxml", "mods", "xoai", "didl", "mets"], prefixes);
    }
}
