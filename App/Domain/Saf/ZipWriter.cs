using System.IO.Compression;

namespace AdminPortal.Domain.Saf;

/// <summary>How far a ZIP has come: all that is needed to go on with it.</summary>
/// <param name="Length">Bytes of entries.</param>
/// <param name="DirectoryLength">Bytes of the central directory, which lies in a file of its own until the end.</param>
/// <param name="Entries">How many entries there are.</param>
internal readonly record struct ZipPosition(long Length, long DirectoryLength, long Entries);

/// <summary>
/// Writes a ZIP (APPNOTE.TXT 6.3, ZIP64 where needed) that can be cut back to any earlier <see cref="Position"/> and gone on with in another run.
/// Every local header has the true sizes, so that also those can read the ZIP who read from its start.
/// </summary>
internal sealed class ZipWriter : IDisposable
{
    private readonly GrowingFile _zip;
    private readonly GrowingFile _directory;
    private readonly ZipHeaders _headers;
    private long _entries;

    /// <param name="path">The ZIP; its directory is kept beside it, with <c>.directory</c> at the end of the name.</param>
    /// <param name="at">Where to go on; default for a new one.</param>
    /// <param name="largest">From which number on a field is written as ZIP64; less than the format's own limit in tests only.</param>
    public ZipWriter(string path, ZipPosition at, uint largest = uint.MaxValue)
    {
        _zip = new GrowingFile(path, at.Length);
        try
        {
            _directory = new GrowingFile(DirectoryOf(path), at.DirectoryLength);
        }
        catch
        {
            _zip.Dispose();
            throw;
        }

        _headers = new ZipHeaders(largest);
        _entries = at.Entries;
    }

    /// <summary>Where the next entry begins.</summary>
    public ZipPosition Position => new(_zip.Length, _directory.Length, _entries);

    /// <summary>What the ZIP would measure if it ended here.</summary>
    public long FinishedLength => _zip.Length + _directory.Length + ZipHeaders.EndLength;

    /// <summary>The ZIP's file, for those who read what was written.</summary>
    public GrowingFile File => _zip;

    /// <summary>The file that keeps a ZIP's directory until the end.</summary>
    public static string DirectoryOf(string path) => path + ".directory";

    /// <summary>What an entry adds to <see cref="FinishedLength"/> at most.</summary>
    public static long MostAdded(string name, long dataLength) => ZipHeaders.MostAdded(name) + dataLength;

    /// <summary>Adds an entry whose data are at hand.</summary>
    public void Add(ZipPacked packed, DateTime time)
    {
        var entry = new ZipEntryHeader(packed.Name, packed.IsDeflated, packed.Crc, packed.DataLength, packed.Length, _zip.Length, time);
        _zip.Append(_headers.Local(entry, isLong: false));
        _zip.Append(packed.Data.AsSpan(0, packed.DataLength));
        _directory.Append(_headers.Central(entry));
        _entries++;
    }

    /// <summary>Adds an entry whose data are read while they are written; deflated unless that would not make them shorter.</summary>
    /// <param name="name">Path in the ZIP.</param>
    /// <param name="time">When it is said to be from.</param>
    /// <param name="length">How many bytes will come.</param>
    /// <param name="isCompressed">Whether they are known to be compressed already.</param>
    /// <param name="copy">Writes the bytes to a stream; is called a second time when deflating was in vain.</param>
    public void Add(string name, DateTime time, long length, bool isCompressed, Action<Stream> copy)
    {
        var start = Position;
        if (!isCompressed && TryAdd(name, time, length, isDeflated: true, copy))
        {
            return;
        }

        CutBack(start);
        TryAdd(name, time, length, isDeflated: false, copy);
    }

    /// <summary>Forgets the entries behind an earlier position.</summary>
    public void CutBack(ZipPosition to)
    {
        _zip.CutBack(to.Length);
        _directory.CutBack(to.DirectoryLength);
        _entries = to.Entries;
    }

    /// <summary>Makes everything so far survive a power failure.</summary>
    public void Flush()
    {
        _zip.Flush();
        _directory.Flush();
    }

    /// <summary>Puts the directory behind the entries. A ZIP that was gone on with after that is finished anew.</summary>
    public void Finish()
    {
        var start = _zip.Length;
        _directory.CopyTo(new ZipEntrySink(_zip).Data);
        _zip.Append(_headers.End(_entries, _directory.Length, start));
        _zip.Flush();
    }

    public void Dispose()
    {
        _zip.Dispose();
        _directory.Dispose();
    }

    // The sizes are not known before the data: the header is written without them, and mended when they are.
    private bool TryAdd(string name, DateTime time, long length, bool isDeflated, Action<Stream> copy)
    {
        var isLong = _headers.MayBeLong(length);
        var offset = _zip.Length;
        var entry = new ZipEntryHeader(name, isDeflated, 0, 0, 0, offset, time);
        var header = _headers.Local(entry, isLong);
        _zip.Append(header);
        using var counted = new ZipEntrySink(_zip);
        if (isDeflated)
        {
            using var deflate = new DeflateStream(counted.Data, ZipPacked.Level, leaveOpen: true);
            counted.CopyThrough(deflate, copy);
        }
        else
        {
            counted.CopyThrough(counted.Data, copy);
        }

        var packed = _zip.Length - offset - header.Length;
        entry = entry with { Crc = counted.Crc, PackedLength = packed, Length = counted.Count };
        _zip.Patch(offset, _headers.Local(entry, isLong));
        _directory.Append(_headers.Central(entry));
        _entries++;
        return packed < counted.Count;
    }
}
