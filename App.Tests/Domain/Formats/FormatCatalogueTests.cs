using AdminPortal.Domain.Formats;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdminPortal.Tests.Domain.Formats;

public sealed class FormatCatalogueTests
{
    [Theory]
    [InlineData(null, "oai_dc qdc oai_datacite")]
    [InlineData("mets dim dim", "oai_dc dim mets")]
    [InlineData("", "oai_dc")]
    public void All_AsSet_AreThoseAndDublinCore(string? on, string expected)
    {
        using var services = Services(on);

        Assert.Equal(expected.Split(' '), services.GetRequiredService<FormatCatalogue>().All.Select(crosswalk => crosswalk.Format.Prefix));
    }

    [Fact]
    public void All_AFormatThatThereIsNot_IsRefusedWithThoseThatThereAre()
    {
        using var services = Services("oai_dc marc");

        var refusal = Assert.Throws<OptionsValidationException>(services.GetRequiredService<FormatCatalogue>);
        Assert.Contains("marcxml", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_APrefix_GivesItsCrosswalkCaseAndAll()
    {
        var catalogue = new FormatCatalogue(FormatCatalogue.BuiltIn);

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

    private static ServiceProvider Services(string? on) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(on is null ? [] : [new("Formats:On", on)]).Build())
        .AddFormats().BuildServiceProvider();
}
