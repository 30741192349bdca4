using System.Buffers;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>How far the verification of a package has come.</summary>
/// <param name="Done">Files read so far.</param>
/// <param name="Total">Files in all items.</param>
public readonly record struct SafProgress(long Done, long Total);

/// <summary>
/// A SAF package, a directory or a ZIP, opened for reading. Nothing is unpacked: files are read where they lie, by any number of
/// threads at once.
/// </summary>
public sealed class SafPackage : IDisposable
{
    private readonly SafSource _source;
    private readonly SafDirectory[] _items;
    private readonly string _root;
    private readonly bool _isOneItem;

    private SafPackage(string path, string name, SafSource source)
    {
        (Path, Name, _source) = (path, name, source);
        var tree = new SafTree();
        source.List(tree);
        _items = tree.Items(name);
        (_root, _isOneItem, Findings) = (tree.Root, tree.IsOneItem, tree.Findings);
    }

    /// <summary>The absolute path of the directory or ZIP.</summary>
    public string Path { get; }

    /// <summary>What the package is called: its directory, or its file without <c>.zip</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// Its items in the order of their directories' names: plain numbers, which exports give, by their value, and after them all others as DSpace takes them,
    /// <c>item_10</c> before <c>item_2</c>.
    /// </summary>
    public IReadOnlyList<SafDirectory> Items => _items;

    /// <summary>What is worth knowing about the package as a whole, e.g. files that belong to no item.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>
    /// Opens a package and refuses what is hostile, damaged or no SAF package. Items may lie at its top or in one or two wrapping
    /// directories; a <c>dublin_core.xml</c> at the very top makes the whole package one item of the package's name.
    /// </summary>
    /// <param name="path">A directory or a ZIP, absolute or from the current directory.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="name">What to call it when the file has another name than the person gave it, e.g. <c>theses.zip</c>.</param>
    /// <exception cref="SafRefusedException">Carries every reason that was found.</exception>
    public static SafPackage Open(string path, SafLimits limits, string? name = null)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var isDirectory = Directory.Exists(full);
        name = System.IO.Path.GetFileName(name ?? full);
        if (!isDirectory && !File.Exists(full))
        {
            throw SafRefusal.Because($"There is no directory or ZIP file {path}.", "Check the path.");
        }

        SafSource? source = null;
        SafPackage? package = null;
        try
        {
            source = isDirectory ? new FolderSource(full, limits) : new ZipSource(full, name, limits);
            return package = new SafPackage(full, isDirectory ? name : System.IO.Path.GetFileNameWithoutExtension(name), source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SafRefusal.Because($"{name} cannot be read: {e.Message}", "Make it readable, or choose another.");
        }
        finally
        {
            if (package is null)
            {
                source?.Dispose();
            }
        }
    }

    /// <summary>The item's directory of exactly this name; null when there is none.</summary>
    public SafDirectory? Find(string name)
    {
        var (low, high) = (0, _items.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = SafNames.CompareItems(_items[middle].Name, name);
            if (order == 0)
            {
                return _items[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Opens a file of an item, to be read from start to end. Safe for parallel callers.</summary>
    /// <exception cref="SafRefusedException">The file cannot be read; also thrown while reading a damaged one from a ZIP.</exception>
    public Stream OpenFile(SafDirectory item, SafEntry file) =>
        _source.Open(_isOneItem ? file.Name : $"{_root}{item.Name}/{file.Name}", file.Index);

    /// <summary>
    /// Reads the whole package before anything of it is used: in a ZIP each file with its length and CRC-32, and in either the
    /// start of each metadata file, because a DOCTYPE there is an attack.
    /// </summary>
    /// <exception cref="SafRefusedException">Carries every damaged or hostile file, up to a hundred.</exception>
    public async Task VerifyAsync(IProgress<SafProgress>? progress, CancellationToken cancellationToken)
    {
        var refusal = new SafRefusal();
        var (done, total) = (0L, _items.Sum(item => (long)item.Files.Count));
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Task.Run(
            () => Parallel.ForEach(AllFiles(), options, place =>
            {
                Verify(place.Item, place.File, refusal, cancellationToken);
                if (Interlocked.Increment(ref done) is var now && (now % 256 == 0 || now == total))
                {
                    progress?.Report(new SafProgress(now, total));
                }
            }),
            cancellationToken);
        refusal.ThrowIfAny();
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private IEnumerable<(SafDirectory Item, SafEntry File)> AllFiles()
    {
        foreach (var item in _items)
        {
            foreach (var file in item.Files)
            {
                yield return (item, file);
            }
        }
    }

    private void Verify(SafDirectory item, SafEntry file, SafRefusal refusal, CancellationToken cancellationToken)
    {
        var isMetadata = file.Name == SafNames.DublinCore || SafNames.IsMetadata(file.Name);
        if (!isMetadata && !_source.HasChecksums)
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            using var stream = OpenFile(item, file);
            if (isMetadata && DublinCoreXml.FindDoctype(stream) is { } line)
            {
                refusal.Add($"{item.Name}/{file.Name} has a document type declaration (DOCTYPE).",
                    "Remove it; the format needs none, and attacks are made with it.", item.Name, file.Name, line);
            }

            while (_source.HasChecksums && stream.Read(buffer) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (SafRefusedException e)
        {
            refusal.Add(e.Findings[0].Message, e.Findings[0].Remedy!, item.Name, file.Name);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
