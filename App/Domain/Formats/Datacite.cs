using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary><c>Datacite</c>: DataCite's kernel 4.5, for items that have all its mandatory properties.</summary>
public sealed class Datacite : ICrosswalk
{
    /// <inheritdoc />
    public MetadataFormat Format => DataciteResource.Kernel;

    /// <inheritdoc />
    public bool Fits(FormatItem item) => DataciteRecord.Of(item) is not null;

    /// <inheritdoc />
    public void Write(FormatItem item, XmlWriter xml) => DataciteResource.Write(DataciteRecord.Of(item)!, xml);
}
