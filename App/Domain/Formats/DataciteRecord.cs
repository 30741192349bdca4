using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Formats;

/// <summary>What DataCite must know of an item, and what its values hold. Without one of the mandatory properties there is no record.</summary>
internal sealed class DataciteRecord
{
    private static readonly string[] _years = ["dc.date.issued", "dcterms.issued", "creativework.datePublished", "dc.date.available", "dcterms.available", "dc.date", "dcterms.date", "dc.date.copyright", "dc.date.created", "dc.date.submitted"];

    private DataciteRecord(FormatItem item, FormatValues values)
    {
        (Item, Values) = (item, values);
        Creators = [.. values.Creators];
        Titles = [.. values.Of("dc.title", "dcterms.title")];
        Publisher = values.First("dc.publisher", "dcterms.publisher", "creativework.publisher") ?? FormatValues.Text(item.Repository);
        Year = values.Of(_years).Select(value => W3cDate.Year(value.Value)).FirstOrDefault(year => year is not null);
        Types = [.. values.Of("dc.type", "dcterms.type")];
        Doi = values.Of("dc.identifier.doi", "dc.identifier.uri", "dc.identifier", "dc.identifier.other", "dcterms.identifier").Select(value => Identifiers.Doi(value.Value)).FirstOrDefault(doi => doi is not null);
    }

    /// <summary>The item.</summary>
    public FormatItem Item { get; }

    /// <summary>Its values.</summary>
    public FormatValues Values { get; }

    /// <summary>The authors.</summary>
    public IReadOnlyList<MetadataValue> Creators { get; }

    /// <summary>The titles, the main one first.</summary>
    public IReadOnlyList<MetadataValue> Titles { get; }

    /// <summary>The publisher; the repository where the item names none, since who holds and distributes is a publisher to DataCite.</summary>
    public string Publisher { get; }

    /// <summary>The year of publication.</summary>
    public string? Year { get; }

    /// <summary>The types in words.</summary>
    public IReadOnlyList<MetadataValue> Types { get; }

    /// <summary>The first DOI among the identifiers; null when the item has none, and its handle identifies it.</summary>
    public string? Doi { get; }

    private bool IsComplete => Creators.Count > 0 && Titles.Count > 0 && Publisher.Length > 0 && Year is not null && Types.Count > 0;

    /// <summary>The record of an item; null when it lacks a mandatory property.</summary>
    public static DataciteRecord? Of(FormatItem item) => new DataciteRecord(item, item.Leaving) is { IsComplete: true } record ? record : null;

    /// <summary>The values of some fields, each text once.</summary>
    public IEnumerable<MetadataValue> Distinct(params string[] fields) => Values.Of(fields).DistinctBy(value => value.Value);
}
