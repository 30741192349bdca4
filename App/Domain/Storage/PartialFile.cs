using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;

namespace AdminPortal.Domain.Storage;

/// <summary>
/// A file in a workspace of the store that grows in several goes, on one node after the other. Who has it open has it alone; when its holder
/// is killed the kernel lets go of it.
/// </summary>
public sealed class PartialFile : IAsyncDisposable
{
    // Linux' ENOSPC, which .NET hands on as the result of an IOException.
    private const int NoSpace = 28;

    private readonly FileLock _lock;
    private readonly FileStream _file;
    private readonly string _note;

    private PartialFile(FileLock taken, FileStream file, string note) => (_lock, _file, _note) = (taken, file, note);

    /// <summary>How many bytes it has; those since <see cref="MakeDurable"/> may not survive a power failure.</summary>
    public long Length => RandomAccess.GetLength(_file.SafeFileHandle);

    /// <summary>Opens the file of a workspace, making both when missing; null while another has it open.</summary>
    /// <param name="directory">The workspace's directory.</param>
    internal static PartialFile? TryOpen(string directory)
    {
        Directory.CreateDirectory(directory);
        if (FileLock.TryExclusive(Path.Combine(directory, "lock")) is not { } taken)
        {
            return null;
        }

        try
        {
            var file = new FileStream(Path.Combine(directory, "content"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
            return new(taken, file, Path.Combine(directory, "note"));
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Writes bytes at a place, over what may be there from a go that counted for nothing.</summary>
    /// <exception cref="TooLargeException">The disk is full.</exception>
    public async Task WriteAsync(long position, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(_file.SafeFileHandle, bytes, position, cancellationToken);
        }
        catch (IOException full) when (full.HResult == NoSpace)
        {
            throw new TooLargeException($"The disk of the bitstream store is full after {ByteText.Of(position)} of the file. Make room there, then go on.");
        }
    }

    /// <summary>Returns when all that was written survives a power failure.</summary>
    public void MakeDurable() => RandomAccess.FlushToDisk(_file.SafeFileHandle);

    /// <summary>Drops what lies behind this length.</summary>
    public void CutTo(long length) => RandomAccess.SetLength(_file.SafeFileHandle, length);

    /// <summary>What <see cref="WriteNoteAsync"/> wrote last; null before.</summary>
    public async Task<string?> ReadNoteAsync(CancellationToken cancellationToken) => File.Exists(_note) ? await File.ReadAllTextAsync(_note, cancellationToken) : null;

    /// <summary>Keeps a few words about the file beside it, whole or not at all.</summary>
    public async Task WriteNoteAsync(string text, CancellationToken cancellationToken)
    {
        var next = _note + ".next";
        await File.WriteAllTextAsync(next, text, cancellationToken);
        File.Move(next, _note, overwrite: true);
    }

    /// <summary>Hashes the whole file, which thereby can be published.</summary>
    public async Task<StagedContent> SealAsync(CancellationToken cancellationToken)
    {
        _file.Position = 0;
        return new(await ContentHash.OfAsync(_file, cancellationToken), _file.Name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _lock.Dispose();
    }
}
