using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary>Writes items in one format. The same item always gives the same bytes, so that a checksum tells whether a record has changed.</summary>
public interface ICrosswalk
{
    /// <summary>The format.</summary>
    MetadataFormat Format { get; }

    /// <summary>Whether an item can be written in it; otherwise it is not available for that item.</summary>
    bool Fits(FormatItem item);

    /// <summary>Writes an item as one element.</summary>
    /// <param name="item">The item; it fits.</param>
    /// <param name="xml">Where to; characters that XML does not have are taken out there.</param>
    void Write(FormatItem item, XmlWriter xml);
}
