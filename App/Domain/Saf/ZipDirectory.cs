using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace AdminPortal.Domain.Saf;

/// <summary>One entry of a ZIP's central directory, with its name as yet undecoded.</summary>
internal readonly ref struct ZipRecord
{
    public required ReadOnlySpan<byte> Name { get; init; }

    public required ReadOnlySpan<byte> Extra { get; init; }

    public required ZipEntry Entry { get; init; }

    public required bool IsEncrypted { get; init; }

    /// <summary>The file type that Unix packers note, e.g. <c>0xA000</c> for a symbolic link; 0 when unknown.</summary>
    public required int UnixType { get; init; }
}

/// <summary>Where the data of an entry lies and what it must expand to.</summary>
internal readonly record struct ZipEntry(long Offset, long CompressedLength, long Length, uint Crc, ushort Method);

/// <summary>
/// Reads a ZIP's central directory (APPNOTE.TXT 4.3.12 to 4.3.16, ZIP64 included) in one pass. <c>ZipArchive</c> keeps 364 bytes an
/// entry in each instance, serves one thread, hides the compression method and cuts off what exceeds the declared length in silence.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint EndMark = 0x06054B50, End64Mark = 0x06064B50, Locator64Mark = 0x07064B50, EntryMark = 0x02014B50;
    private const int EndLength = 22, LocatorLength = 20, End64Length = 56, EntryLength = 46, Chunk = 1 << 20;
    private readonly SafeFileHandle _file;

    private ZipDirectory(SafeFileHandle file) => _file = file;

    /// <summary>How many entries the ZIP says it has.</summary>
    public long Count { get; private set; }

    /// <summary>Where the directory begins, which is where the files' data ends.</summary>
    public long Start { get; private set; }

    private long Length { get; set; }

    /// <summary>Finds the directory from the end of the file; null when there is none, the ZIP being cut off or damaged.</summary>
    public static ZipDirectory? Find(SafeFileHandle file)
    {
        var size = RandomAccess.GetLength(file);
        var tail = new byte[(int)Math.Min(size, EndLength + ushort.MaxValue)];
        RandomAccess.Read(file, tail, size - tail.Length);
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (U32(end, 0) == EndMark && at + EndLength + U16(end, 20) == tail.Length)
            {
                var place = size - tail.Length + at;
                var directory = new ZipDirectory(file) { Count = U16(end, 10), Length = U32(end, 12), Start = U32(end, 16) };
                var isWhole = U16(end, 4) is 0 or ushort.MaxValue && (directory.ReadEnd64(place) ?? directory.Start + directory.Length == place);
                return isWhole ? directory : null;
            }
        }

        return null;
    }

    /// <summary>Hands over each entry in turn.</summary>
    /// <returns>Whether the directory was whole.</returns>
    public bool Read(ZipRecordHandler take)
    {
        var buffer = new byte[(int)Math.Min(Length, Chunk)];
        var (position, filled, used, count) = (Start, 0, 0, 0L);
        while (true)
        {
            var rest = buffer.AsSpan(used, filled - used);
            var needed = rest.Length < EntryLength ? EntryLength : EntryLength + U16(rest, 28) + U16(rest, 30) + U16(rest, 32);
            if (rest.Length >= needed)
            {
                if (U32(rest, 0) != EntryMark)
                {
                    return false;
                }

                take(Record(rest[..needed]));
                used += needed;
                count++;
                continue;
            }

            if (position == Start + Length)
            {
                return rest.IsEmpty && (count == Count || Count < ushort.MaxValue && (count & ushort.MaxValue) == Count);
            }

            rest.CopyTo(buffer);
            (filled, used) = (rest.Length, 0);
            if (buffer.Length - filled < needed)
            {
                Array.Resize(ref buffer, filled + needed);
            }

            var read = RandomAccess.Read(_file, buffer.AsSpan(filled, (int)Math.Min(buffer.Length - filled, Start + Length - position)), position);
            if (read == 0)
            {
                return false;
            }

            (position, filled) = (position + read, filled + read);
        }
    }

    // null when the ZIP has no ZIP64 end; else whether it fits.
    private bool? ReadEnd64(long place)
    {
        Span<byte> locator = stackalloc byte[LocatorLength], end = stackalloc byte[End64Length];
        if (place < LocatorLength || RandomAccess.Read(_file, locator, place - LocatorLength) < LocatorLength || U32(locator, 0) != Locator64Mark)
        {
            return null;
        }

        var at = I64(locator, 8);
        if (at < 0 || at > place - End64Length || RandomAccess.Read(_file, end, at) < End64Length || U32(end, 0) != End64Mark)
        {
            return false;
        }

        (Count, Length, Start) = (I64(end, 32), I64(end, 40), I64(end, 48));
        return Count >= 0 && Length >= 0 && Start >= 0 && Length <= at && Start == at - Length;
    }

    private static ZipRecord Record(ReadOnlySpan<byte> raw)
    {
        var (nameLength, extraLength) = (U16(raw, 28), U16(raw, 30));
        var extra = raw.Slice(EntryLength + nameLength, extraLength);
        long compressed = U32(raw, 20), length = U32(raw, 24), offset = U32(raw, 42);
        ReadExtra64(extra, ref length, ref compressed, ref offset);
        return new ZipRecord
        {
            Name = raw.Slice(EntryLength, nameLength),
            Extra = extra,
            Entry = new ZipEntry(offset, compressed, length, U32(raw, 16), U16(raw, 10)),
            IsEncrypted = (U16(raw, 8) & 0x2041) != 0 || U16(raw, 10) == 99,
            UnixType = (int)(U32(raw, 38) >> 16) & 0xF000,
        };
    }

    // Extra field 1 holds those of the three numbers that do not fit into 32 bits, in this order.
    private static void ReadExtra64(ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long offset)
    {
        while (extra.Length >= 4 && extra.Length >= 4 + U16(extra, 2))
        {
            var id = U16(extra, 0);
            var field = extra.Slice(4, U16(extra, 2));
            extra = extra[(4 + field.Length)..];
            if (id == 1)
            {
                Take(ref length, ref field);
                Take(ref compressed, ref field);
                Take(ref offset, ref field);
                return;
            }
        }
    }

    private static void Take(ref long value, ref ReadOnlySpan<byte> field)
    {
        if (value == uint.MaxValue && field.Length >= 8)
        {
            value = I64(field, 0);
            field = field[8..];
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}

/// <summary>Takes one entry of a central directory.</summary>
internal delegate void ZipRecordHandler(ZipRecord record);
