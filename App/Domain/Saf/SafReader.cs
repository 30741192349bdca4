using System.Runtime.CompilerServices;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>How items are to be read.</summary>
public sealed record SafReadOptions
{
    /// <summary>Whether to leave out the files of the package, neither reading nor expecting them; registered ones stay.</summary>
    public bool ExcludeBitstreams { get; init; }

    /// <summary>Whether each item must name its collections, none being given for the whole import.</summary>
    public bool RequiresCollections { get; init; }

    /// <summary>Directories that earlier imports took in, which relationships may name although the package lacks them.</summary>
    public IReadOnlySet<string> EarlierItems { get; init; } = new HashSet<string>();
}

/// <summary>Reads items from a SAF package and checks them, finding everything that is wrong in one pass.</summary>
public static class SafReader
{
    private const int ItemsInChunk = 16;

    /// <summary>Reads and checks one item. The contents of its bitstreams are not touched. Safe for parallel callers.</summary>
    public static SafItem Read(SafPackage package, SafDirectory item, MetadataFields fields, SafReadOptions options)
    {
        var reading = new SafReading(package, item, fields, options);
        reading.ReadMetadata();
        reading.ReadFiles();
        reading.ReadCollections();
        reading.ReadHandle();
        reading.ReadRelationships();
        return reading.ToItem();
    }

    /// <summary>
    /// Reads all items in the package's order, some of them ahead on all cores; what is read ahead is bounded. Directories named in
    /// <paramref name="except"/> are passed over, e.g. those done before the import was interrupted.
    /// </summary>
    public static async IAsyncEnumerable<SafItem> ReadAllAsync(
        SafPackage package, MetadataFields fields, SafReadOptions options, IReadOnlySet<string> except, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new Queue<Task<SafItem[]>>();
        try
        {
            foreach (var chunk in package.Items.Where(item => !except.Contains(item.Name)).Chunk(ItemsInChunk))
            {
                ahead.Enqueue(Task.Run(() => Array.ConvertAll(chunk, item => Read(package, item, fields, options)), cancellationToken));
                if (ahead.Count >= 4 * Environment.ProcessorCount)
                {
                    foreach (var read in await ahead.Dequeue())
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        yield return read;
                    }
                }
            }

            while (ahead.TryDequeue(out var chunk))
            {
                foreach (var read in await chunk)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return read;
                }
            }
        }
        finally
        {
            // Whoever stops early may close the package next; nobody may still be reading it then.
            await ((Task)Task.WhenAll(ahead)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
