using AdminPortal.Domain.Items;

namespace AdminPortal.Tests.Domain.Items;

public sealed class DefaultFormatsTests
{
    [Fact]
    public void All_Pdf_IsSupportedAndPublic()
    {
        var pdf = Assert.Single(DefaultFormats.All, format => format.MimeType == "application/pdf");

        Assert.Equal(("PDF", SupportLevel.Supported, false), (pdf.Name, pdf.Support, pdf.Internal));
        Assert.Equal(["pdf"], pdf.Extensions);
    }

    [Fact]
    public void All_InternalFormats_AreThoseOfTheRepositoryAndHaveNoExtensions()
    {
        var inside = DefaultFormats.All.Where(format => format.Internal).ToList();

        Assert.Equal(["License", "CC License", "CC License RDF", "METS manifest"], inside.Select(format => format.Name));
        Assert.All(inside, format => Assert.Empty(format.Extensions));
    }

    [Fact]
    public void All_MimeTypesNamesAndExtensions_AreThereOnce()
    {
        Assert.Distinct(DefaultFormats.All.Select(format => format.MimeType), StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(DefaultFormats.All.Select(format => format.Name), StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(DefaultFormats.All.SelectMany(format => format.Extensions), StringComparer.Ordinal);
    }

    [Fact]
    public void All_Extensions_AreLowerCaseWithoutDot()
    {
        Assert.All(DefaultFormats.All.SelectMany(format => format.Extensions), extension => Assert.Matches("^[a-z0-9]+$", extension));
    }

    [Fact]
    public void Unknown_IsOctetStream()
    {
        Assert.Equal(("application/octet-stream", SupportLevel.Unknown), (DefaultFormats.Unknown.MimeType, DefaultFormats.Unknown.Support));
    }
}
