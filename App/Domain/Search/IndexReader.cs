using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>One state of the index: a transaction of SQLite's, with the cache where it fits.</summary>
internal sealed class IndexReader : IIndexReader
{
    private readonly SqliteConnection _connection;
    private readonly IndexPostings _postings;
    private readonly PostingCache _cache;
    private readonly long _revision;
    private readonly Action _askForRebuild;

    public IndexReader(IndexFile file, PostingCache cache, Action askForRebuild)
    {
        (_cache, _askForRebuild) = (cache, askForRebuild);
        _connection = file.Open(SqliteOpenMode.ReadOnly);
        try
        {
            IndexFile.Execute(_connection, "BEGIN");
            _revision = IndexFile.GetRevision(_connection);
            Position = IndexFile.GetPosition(_connection);
            _postings = new(_connection);
        }
        catch
        {
            // It is kept for the next reader otherwise, within this transaction.
            SqliteConnection.ClearPool(_connection);
            _connection.Dispose();
            throw;
        }
    }

    public FeedPosition Position { get; }

    public int Count(IndexExpression expression) => Hold(() => Evaluate(expression).Count);

    // What is kept goes on changing with the index; what is found does not.
    public PostingSet Find(IndexExpression expression) => Hold(() => Evaluate(expression).Or(PostingSet.Empty(_postings.Size)));

    public int CountOf(PostingSet found, IndexLeaf leaf) => Hold(() => Get(leaf).And(found).Count);

    public IReadOnlyList<(string Text, long Items)> Values(PostingSet found, string facet, int most)
    {
        using var read = IndexPostings.Prepare(_connection, "SELECT item, source FROM doc WHERE number = $n", "$n");
        return Hold(() => WholeValues.Count(found, facet, most, number => IndexPostings.Read(read, number), (field, count) => _postings.Words(field, "", count), Get));
    }

    public IReadOnlyList<Guid> Page(PostingSet found, IndexExpression expression, SearchSort sort, int skip, int take) =>
        sort == SearchSort.Relevance ? [.. IdsOf(Best(found, expression, skip + take).Skip(skip))] : [.. Sorted(found, sort, skip).Take(take)];

    public IEnumerable<Guid> Ids(PostingSet found) => IdsOf(found.Numbers());

    public IEnumerable<Guid> Ids(PostingSet found, IndexExpression expression, SearchSort sort, int best)
    {
        if (sort != SearchSort.Relevance)
        {
            return Sorted(found, sort, 0);
        }

        var first = Best(found, expression, best);
        return IdsOf(first.Concat(found.Except(PostingSet.Of([.. first.Order()], found.Size)).Numbers()));
    }

    public IndexedItem? Get(Guid id)
    {
        using var read = IndexPostings.Prepare(_connection, "SELECT source FROM doc WHERE item = $i", "$i");
        read.Parameters[0].Value = id.ToByteArray(bigEndian: true);
        return read.ExecuteScalar() is byte[] blob ? IndexedItemBlob.Read(id, blob) : null;
    }

    public IReadOnlyList<(string Word, long Items)> Words(string field, string prefix, int most) => Hold(() => _postings.Words(field, prefix, most));

    public void Dispose()
    {
        _postings.Dispose();
        IndexFile.Execute(_connection, "COMMIT");
        _connection.Dispose();
    }

    // The node need not come by what is damaged for a long time.
    private T Hold<T>(Func<T> action)
    {
        try
        {
            return _cache.Hold(action);
        }
        catch (SqliteException damage) when (IndexFollower.IsDamage(damage))
        {
            _askForRebuild();
            throw new UnavailableException(ItemSearch.Unreadable, damage);
        }
    }

    private PostingSet Get(IndexLeaf leaf) => _cache.Get(_revision, leaf, _postings.Get);

    private PostingSet Evaluate(IndexExpression expression) => expression switch
    {
        ConstantExpression constant => constant.Matches ? Get(IndexLeaf.All) : PostingSet.Empty(_postings.Size),
        LeafExpression leaf => Get(leaf.Leaf),
        GroupExpression group => Evaluate(group.Clauses),
        _ => throw new InvalidOperationException($"A {expression.GetType().Name} is not known."),
    };

    private PostingSet Evaluate(IReadOnlyList<IndexClause> clauses)
    {
        // The smallest first: what it leaves is looked for in the others.
        var musts = Sets(clauses, Occurrence.Must).OrderBy(set => set.Count).ToList();
        var found = musts.Count > 0 ? musts.Aggregate((one, other) => one.And(other))
            : clauses.Any(clause => clause.Occurrence == Occurrence.Should) ? Sets(clauses, Occurrence.Should).Aggregate((one, other) => one.Or(other))
            : Get(IndexLeaf.All);
        return Sets(clauses, Occurrence.MustNot).Aggregate(found, (one, other) => one.Except(other));
    }

    private IEnumerable<PostingSet> Sets(IReadOnlyList<IndexClause> clauses, Occurrence occurrence) =>
        clauses.Where(clause => clause.Occurrence == occurrence).Select(clause => Evaluate(clause.Expression));

    private IReadOnlyList<int> Best(PostingSet found, IndexExpression expression, int most) => Hold(() => Ranking.Best(found, expression, Get, most));

    // Few are looked up and sorted; of many, the sorted list is followed for as long as somebody asks.
    private IEnumerable<Guid> Sorted(PostingSet found, SearchSort sort, int skip)
    {
        var order = sort switch { SearchSort.Title => "title ASC, number", SearchSort.Oldest => "issued ASC, number", _ => "issued DESC, number" };
        using var command = _connection.CreateCommand();
        command.CommandText = found.Count < 2000
            ? $"SELECT number, item FROM doc WHERE number IN ({string.Join(',', found.Numbers())}) ORDER BY {order}"
            : $"SELECT number, item FROM doc ORDER BY {order}";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            if (found.Contains(rows.GetInt32(0)) && skip-- <= 0)
            {
                yield return new(rows.GetFieldValue<byte[]>(1), bigEndian: true);
            }
        }
    }

    private IEnumerable<Guid> IdsOf(IEnumerable<int> numbers)
    {
        using var read = IndexPostings.Prepare(_connection, "SELECT item FROM doc WHERE number = $n", "$n");
        foreach (var number in numbers)
        {
            read.Parameters[0].Value = number;
            yield return new((byte[])read.ExecuteScalar()!, bigEndian: true);
        }
    }
}
