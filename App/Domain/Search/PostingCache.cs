namespace AdminPortal.Domain.Search;

/// <summary>
/// Keeps in memory which documents match the leaves that were asked for lately, for one state of the index, and brings them up to the next one. Who reads what is
/// kept holds the cache meanwhile; who brings it up to date has it alone.
/// </summary>
public sealed class PostingCache(long maxBytes) : IDisposable
{
    private const int MostLeaves = 20_000;

    private readonly ReaderWriterLockSlim _gate = new();
    private readonly Dictionary<IndexLeaf, Entry> _entries = [];
    private readonly Lock _changes = new();
    private long _revision = -1;
    private long _bytes;
    private long _clock;

    /// <summary>The leaves that are kept and the bytes that they take.</summary>
    public (int Leaves, long Bytes) Size
    {
        get
        {
            lock (_changes)
            {
                return (_entries.Count, _bytes);
            }
        }
    }

    /// <summary>Does something with the cache as it is, while nobody changes what is kept.</summary>
    internal T Hold<T>(Func<T> action)
    {
        _gate.EnterReadLock();
        try
        {
            return action();
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>The documents that match a leaf; kept ones if they are of this state, else as they are looked up, and then kept.</summary>
    internal PostingSet Get(long revision, IndexLeaf leaf, Func<IndexLeaf, PostingSet> lookUp)
    {
        lock (_changes)
        {
            if (!Begin(revision))
            {
                return lookUp(leaf);
            }

            if (_entries.TryGetValue(leaf, out var known))
            {
                known.Used = ++_clock;
                return known.Set;
            }
        }

        // Two may look up the same at once; that does no harm.
        var set = lookUp(leaf);
        lock (_changes)
        {
            if (revision == _revision && _entries.TryAdd(leaf, new(set) { Used = ++_clock }))
            {
                _bytes += set.Bytes;
                Shrink();
            }
        }

        return set;
    }

    /// <summary>Commits a change of the index, and brings what is kept up to it.</summary>
    /// <param name="revision">The state after the change.</param>
    /// <param name="changed">The numbers of the changed documents.</param>
    /// <param name="lookUp">Finds those of them that match a leaf now.</param>
    /// <param name="commit">Makes the change visible.</param>
    internal void Advance(long revision, IReadOnlyCollection<int> changed, Func<IndexLeaf, PostingSet> lookUp, Action commit)
    {
        _gate.EnterWriteLock();
        try
        {
            if (_revision != revision - 1)
            {
                commit();
                Clear(revision);
                return;
            }

            // Should this or the commit fail, nothing has changed.
            var matching = _entries.Select(entry => (entry.Value.Set, Now: lookUp(entry.Key))).ToList();
            commit();
            foreach (var (set, now) in matching)
            {
                _bytes -= set.Bytes;
                foreach (var number in changed)
                {
                    set.Set(number, now.Contains(number));
                }

                _bytes += set.Bytes;
            }

            _revision = revision;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Forgets everything, because another file or program has the index now.</summary>
    internal void Clear()
    {
        _gate.EnterWriteLock();
        try
        {
            Clear(-1);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    // Another program can have changed the index: then what is kept is of no use any more. An older state is read past the cache.
    private bool Begin(long revision)
    {
        if (revision > _revision)
        {
            Clear(revision);
        }

        return revision == _revision;
    }

    private void Clear(long revision)
    {
        _entries.Clear();
        (_bytes, _revision) = (0, revision);
    }

    // What was not asked for the longest goes first.
    private void Shrink()
    {
        if (_bytes <= maxBytes && _entries.Count <= MostLeaves)
        {
            return;
        }

        foreach (var (leaf, entry) in _entries.OrderBy(pair => pair.Value.Used).Take(1 + (_entries.Count / 4)).ToList())
        {
            _entries.Remove(leaf);
            _bytes -= entry.Set.Bytes;
        }
    }

    private sealed class Entry(PostingSet set)
    {
        public PostingSet Set => set;

        public long Used { get; set; }
    }
}
