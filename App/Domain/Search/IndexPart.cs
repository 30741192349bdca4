namespace AdminPortal.Domain.Search;

/// <summary>What the index keeps of an item besides its terms.</summary>
/// <param name="Id">The item.</param>
/// <param name="Source">What its terms are made of.</param>
/// <param name="Title">By what it is sorted by title.</param>
/// <param name="Issued">By what it is sorted by date.</param>
internal sealed record IndexRow(Guid Id, byte[] Source, string Title, string Issued)
{
    private const int LongestTitle = 100;

    public static IndexRow Of(IndexedItem item)
    {
        var title = Analyzer.Whole(item.First("dc.title") ?? "");
        var issued = item.First("dc.date.issued") is { } text && DateSpan.Parse(text) is { } date ? DateSpan.Key(date.Start, date.Precision) : "";
        return new(item.Id, IndexedItemBlob.Write(item), title.Length > LongestTitle ? title[..LongestTitle] : title, issued);
    }
}

/// <summary>Many items as they come into a new index at once: their rows, and their terms turned round.</summary>
/// <param name="first">The number of the first document.</param>
internal sealed class IndexPart(int first)
{
    private readonly List<IndexRow> _rows = [];

    /// <summary>The number of the first document; the others follow.</summary>
    public int First => first;

    /// <summary>The number that the next document gets.</summary>
    public int Next => first + _rows.Count;

    /// <summary>The rows of the documents.</summary>
    public IReadOnlyList<IndexRow> Rows => _rows;

    /// <summary>Their terms.</summary>
    public SegmentBuilder Terms { get; } = new();

    public void Add(IndexedItem item)
    {
        Terms.Add(Next, ItemTerms.Of(item));
        _rows.Add(IndexRow.Of(item));
    }
}
