using System.Buffers.Binary;
using System.Text;

namespace AdminPortal.Domain.Saf;

/// <summary>What the headers of an entry say.</summary>
internal readonly record struct ZipEntryHeader(string Name, bool IsDeflated, uint Crc, long PackedLength, long Length, long Offset, DateTime Time);

/// <summary>Makes the headers of a ZIP (APPNOTE.TXT 4.3.7, 4.3.12 to 4.3.16, 4.5.3). Names are UTF-8 and flagged so; entries are plain files that all may read.</summary>
/// <param name="largest">Numbers from here on are written as ZIP64.</param>
internal sealed class ZipHeaders(uint largest)
{
    private const uint LocalMark = 0x04034B50, CentralMark = 0x02014B50, EndMark = 0x06054B50, End64Mark = 0x06064B50, Locator64Mark = 0x07064B50;
    private const int LocalLength = 30, CentralLength = 46, ShortEnd = 22, LongEnd = 56 + 20, Extra64 = 4 + 3 * 8;
    private const ushort Utf8 = 0x800, Stored = 0, Deflated = 8, Version = 20, Version64 = 45, Unix = 3 << 8;
    private const uint PlainFile = 0x81A40000; // -rw-r--r--

    /// <summary>The most that stands behind the entries and their directory.</summary>
    public const int EndLength = ShortEnd + LongEnd;

    /// <summary>The most that an entry needs besides its data.</summary>
    public static long MostAdded(string name) => LocalLength + CentralLength + 2 * (Extra64 + Encoding.UTF8.GetByteCount(name));

    /// <summary>Whether a content of this length may need ZIP64; deflate can make it a little longer.</summary>
    public bool MayBeLong(long length) => length + length / 16 >= largest;

    /// <summary>The header before an entry's data.</summary>
    /// <param name="entry">The entry; without its sizes as long as they are not known.</param>
    /// <param name="isLong">Whether the sizes are written as ZIP64.</param>
    public byte[] Local(ZipEntryHeader entry, bool isLong)
    {
        var name = Encoding.UTF8.GetBytes(entry.Name);
        var header = new Fields(LocalLength + name.Length + (isLong ? 20 : 0));
        header.Put(LocalMark).Put(isLong ? Version64 : Version);
        PutCommon(header, entry, isLong ? uint.MaxValue : (uint)entry.PackedLength, isLong ? uint.MaxValue : (uint)entry.Length);
        header.Put((ushort)name.Length).Put((ushort)(isLong ? 20 : 0)).Put(name);
        if (isLong)
        {
            header.Put((ushort)1).Put((ushort)16).Put(entry.Length).Put(entry.PackedLength);
        }

        return header.Bytes;
    }

    /// <summary>The entry's record in the directory.</summary>
    public byte[] Central(ZipEntryHeader entry)
    {
        var name = Encoding.UTF8.GetBytes(entry.Name);
        var (length, packed, offset) = (Short(entry.Length), Short(entry.PackedLength), Short(entry.Offset));
        var extra = new[] { (length, entry.Length), (packed, entry.PackedLength), (offset, entry.Offset) }.Where(field => field.Item1 == uint.MaxValue).Select(field => field.Item2).ToList();
        var extraLength = extra.Count == 0 ? 0 : 4 + 8 * extra.Count;
        var record = new Fields(CentralLength + name.Length + extraLength);
        var version = extra.Count == 0 ? Version : Version64;
        record.Put(CentralMark).Put((ushort)(Unix | version)).Put(version);
        PutCommon(record, entry, packed, length);
        record.Put((ushort)name.Length).Put((ushort)extraLength).Put((ushort)0).Put((ushort)0).Put((ushort)0).Put(PlainFile).Put(offset).Put(name);
        if (extra.Count > 0)
        {
            record.Put((ushort)1).Put((ushort)(8 * extra.Count));
            extra.ForEach(value => record.Put(value));
        }

        return record.Bytes;
    }

    /// <summary>What stands behind the directory.</summary>
    public byte[] End(long entries, long length, long start)
    {
        var isLong = entries >= ushort.MaxValue || Short(length) == uint.MaxValue || Short(start) == uint.MaxValue;
        var end = new Fields(ShortEnd + (isLong ? LongEnd : 0));
        if (isLong)
        {
            end.Put(End64Mark).Put(44L).Put((ushort)(Unix | Version64)).Put(Version64).Put(0u).Put(0u).Put(entries).Put(entries).Put(length).Put(start);
            end.Put(Locator64Mark).Put(0u).Put(start + length).Put(1u);
        }

        var count = (ushort)Math.Min(entries, ushort.MaxValue);
        end.Put(EndMark).Put((ushort)0).Put((ushort)0).Put(count).Put(count).Put(Short(length)).Put(Short(start)).Put((ushort)0);
        return end.Bytes;
    }

    private static void PutCommon(Fields header, ZipEntryHeader entry, uint packed, uint length)
    {
        var time = entry.Time;
        header.Put(Utf8).Put(entry.IsDeflated ? Deflated : Stored)
            .Put((ushort)(time.Hour << 11 | time.Minute << 5 | time.Second / 2))
            .Put((ushort)((Math.Clamp(time.Year, 1980, 2107) - 1980) << 9 | time.Month << 5 | time.Day))
            .Put(entry.Crc).Put(packed).Put(length);
    }

    private uint Short(long value) => value >= largest ? uint.MaxValue : (uint)value;

    // Little-endian numbers, one after the other.
    private sealed class Fields(int length)
    {
        private int _at;

        public byte[] Bytes { get; } = new byte[length];

        public Fields Put(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(_at), value);
            _at += sizeof(ushort);
            return this;
        }

        public Fields Put(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(_at), value);
            _at += sizeof(uint);
            return this;
        }

        public Fields Put(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(Bytes.AsSpan(_at), value);
            _at += sizeof(long);
            return this;
        }

        public void Put(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(Bytes.AsSpan(_at));
            _at += bytes.Length;
        }
    }
}
