using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Search;

/// <summary>Items that the index has found, read as they are asked for; of one state, whatever changes meanwhile.</summary>
internal sealed class FoundItems : IDisposable
{
    private readonly IIndexReader _reader;
    private readonly PostingSet _found;

    /// <summary>Finds what an expression matches; takes the reader over.</summary>
    public FoundItems(IIndexReader reader, IndexExpression expression)
    {
        _reader = reader;
        try
        {
            _found = reader.Find(expression);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _found.Count;

    /// <summary>Their ids, in the order of the ids.</summary>
    public IEnumerable<Guid> Ids => _reader.Ids(_found);

    /// <summary>How far the index had followed the change feed.</summary>
    public FeedPosition Position => _reader.Position;

    /// <summary>Lets go of the index.</summary>
    public void Dispose() => _reader.Dispose();
}
