namespace AdminPortal.Domain.Saf;

/// <summary>One ZIP of an export while it grows, with what it needs beside it: the directory, the list of checksums, and its hash.</summary>
internal sealed class SafZipPart : IAsyncDisposable
{
    private readonly string _path;
    private readonly ZipWriter _zip;
    private readonly GrowingFile? _manifest;
    private readonly TrailingHash _hash;

    private SafZipPart(SafExportPart record, string path, ZipWriter zip, GrowingFile? manifest)
    {
        (Record, _path, _zip, _manifest) = (record, path, zip, manifest);
        _hash = new TrailingHash(zip.File.Handle);
        _hash.Follow(record.Length);
    }

    /// <summary>How far it is, as the database keeps it.</summary>
    public SafExportPart Record { get; }

    /// <summary>Where the next item begins, in the ZIP and in the list of checksums.</summary>
    public (ZipPosition Zip, long Manifest) Position => (_zip.Position, _manifest?.Length ?? 0);

    /// <summary>The most that the ZIP would measure if it ended here.</summary>
    public long FinishedLength => _zip.FinishedLength + (_manifest is null ? 0 : ZipWriter.MostAdded(SafExportTarget.ManifestName, _manifest.Length));

    /// <summary>Opens the files, and cuts them back to what is committed.</summary>
    public static async Task<SafZipPart> OpenAsync(SafExportPart record, string path, bool hasManifest, CancellationToken cancellationToken)
    {
        var zip = await GrowingFile.OpenAsync(() => new ZipWriter(path, new(record.Length, record.DirectoryLength, record.Entries)), cancellationToken);
        try
        {
            return new(record, path, zip, hasManifest ? new GrowingFile(ManifestOf(path), record.ManifestLength) : null);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>Removes what lay beside a ZIP that is finished or given up.</summary>
    public static void DeleteSideFiles(string path)
    {
        File.Delete(ZipWriter.DirectoryOf(path));
        File.Delete(ManifestOf(path));
    }

    /// <summary>Writes an item.</summary>
    /// <exception cref="Common.PortalException">One of its files cannot be read; what was written of the item is to be cut back.</exception>
    public void Add(SafExportWork work, SafExportContents contents, CancellationToken cancellationToken)
    {
        var time = SafWriter.TimeOf(work.Due.Item!);
        foreach (var (file, packed) in work.Files)
        {
            if (packed is { } entry)
            {
                _zip.Add(entry, time);
            }
            else
            {
                _zip.Add(work.PathOf(file), time, file.Bitstream!.Size, ZipKinds.IsCompressed(file.Bitstream.Name), output => contents.Copy(file.Bitstream, output, cancellationToken));
            }
        }

        _manifest?.Append(SafWriter.BytesOf(work.Manifest));
    }

    /// <summary>Forgets what lies behind an earlier position.</summary>
    public void CutBack((ZipPosition Zip, long Manifest) to)
    {
        _zip.CutBack(to.Zip);
        _manifest?.CutBack(to.Manifest);
    }

    /// <summary>Makes everything so far survive a power failure, and notes it in the record.</summary>
    public void Flush()
    {
        _zip.Flush();
        _manifest?.Flush();
        (Record.Length, Record.DirectoryLength, Record.Entries) = _zip.Position;
        Record.ManifestLength = _manifest?.Length ?? 0;
    }

    /// <summary>Hears that the record was committed: up to there the ZIP stays as it is.</summary>
    public void Commit() => _hash.Follow(Record.Length);

    /// <summary>Finishes the ZIP and notes its hash in the record.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await Task.Run(
            () =>
            {
                if (_manifest is { } manifest)
                {
                    _zip.Add(SafExportTarget.ManifestName, SafWriter.NoTime, manifest.Length, isCompressed: false, manifest.CopyTo);
                }

                _zip.Finish();
            },
            cancellationToken);
        Record.Sha256 = await _hash.FinishAsync(_zip.File.Length);
    }

    /// <summary>Removes the files of a ZIP that has stayed empty.</summary>
    public async Task DeleteAsync()
    {
        await DisposeAsync();
        File.Delete(_path);
        DeleteSideFiles(_path);
    }

    public async ValueTask DisposeAsync()
    {
        await _hash.DisposeAsync();
        _zip.Dispose();
        _manifest?.Dispose();
    }

    private static string ManifestOf(string path) => path + ".checksums";
}
