using AdminPortal.Domain.Items;

namespace AdminPortal.Tests.Domain.Items;

public sealed class DefaultFormatsTests
{
    [Fact]
    public void Read_Pdf_IsSupportedAndPublic()
    {
        var pdf = Assert.Single(DefaultFormats.Read(), format => format.MimeType == "application/pdf");

        Assert.Equal(("PDF", SupportLevel.Supported, false), (pdf.Name, pdf.Support, pdf.Internal));
        Assert.Equal(["pdf"], pdf.Extensions);
    }

    [Fact]
    public void Read_InternalFormats_AreThoseOfTheRepositoryAndHaveNoExtensions()
    {
        var inside = DefaultFormats.Read().Where(format => format.Internal).ToList();

        Assert.Equal(["License", "CC License", "CC License RDF", "METS manifest"], inside.Select(format => format.Name));
        Assert.All(inside, format => Assert.Empty(format.Extensions));
    }

    [Fact]
    public void Read_MimeTypesNamesAndExtensions_AreThereOnce()
    {
        Assert.Distinct(DefaultFormats.Read().Select(format => format.MimeType), StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(DefaultFormats.Read().Select(format => format.Name), StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(DefaultFormats.Read().SelectMany(format => format.Extensions), StringComparer.Ordinal);
    }

    [Fact]
    public void Read_Extensions_AreLowerCaseWithoutDot()
    {
        Assert.All(DefaultFormats.Read().SelectMany(format => format.Extensions), extension => Assert.Matches("^[a-z0-9]+$", extension));
    }

    [Fact]
    public void Read_FirstFormat_IsTheUnknownOne()
    {
        var first = DefaultFormats.Read()[0];

        Assert.Equal((DefaultFormats.Unknown, SupportLevel.Unknown), (first.MimeType, first.Support));
    }
}
