using System.IO.Compression;
using System.Text;

namespace AdminPortal.Tests.Support;

/// <summary>One entry of a <see cref="RawZip"/>; whatever is not set is honest.</summary>
public sealed record RawZipEntry(byte[] Name, byte[] Data)
{
    public RawZipEntry(string name, string text) : this(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(text))
    {
    }

    public bool IsDeflated { get; init; }

    /// <summary>General purpose flags: 1 encrypted, 8 descriptor follows, 0x800 the name is UTF-8.</summary>
    public ushort Flags { get; init; }

    /// <summary>The compression method that is declared, whatever the data is.</summary>
    public ushort? Method { get; init; }

    public uint? Crc { get; init; }

    public uint? DeclaredLength { get; init; }

    /// <summary>The upper half is the Unix mode, e.g. <c>0xA1FF</c> for a symbolic link.</summary>
    public uint Attributes { get; init; }

    /// <summary>Whether lengths and offset stand in the ZIP64 extra field, as they must from 4 GiB on.</summary>
    public bool IsZip64 { get; init; }

    /// <summary>The extra field of the central directory.</summary>
    public byte[] Extra { get; init; } = [];
}

/// <summary>Writes ZIPs byte by byte, so that tests can make those that no honest program writes.</summary>
public static class RawZip
{
    public static byte[] Write(params IEnumerable<RawZipEntry> entries)
    {
        using var zip = new MemoryStream();
        using var directory = new MemoryStream();
        using var writer = new BinaryWriter(zip);
        using var central = new BinaryWriter(directory);
        var count = 0;
        foreach (var entry in entries)
        {
            WriteEntry(entry, writer, central);
            count++;
        }

        var start = (uint)zip.Position;
        writer.Write(directory.ToArray());
        WriteEnd(writer, count, (uint)directory.Length, start);
        return zip.ToArray();
    }

    /// <summary>Writes entries that all lie at the data of the first: a small file that claims to be a large one.</summary>
    public static byte[] WriteOverlapping(int count, byte[] data)
    {
        using var zip = new MemoryStream();
        using var writer = new BinaryWriter(zip);
        using var ignored = new BinaryWriter(new MemoryStream());
        WriteEntry(new RawZipEntry("item_0/a"u8.ToArray(), data), writer, ignored);
        var start = (uint)zip.Position;
        for (var i = 0; i < count; i++)
        {
            WriteCentral(new RawZipEntry(Encoding.ASCII.GetBytes($"item_0/{i}"), data), 0, data, writer, 0);
        }

        WriteEnd(writer, count, (uint)zip.Position - start, start);
        return zip.ToArray();
    }

    private static void WriteEntry(RawZipEntry entry, BinaryWriter writer, BinaryWriter central)
    {
        var offset = (uint)writer.BaseStream.Position;
        var (data, method) = (entry.IsDeflated ? Deflate(entry.Data) : entry.Data, (ushort)(entry.IsDeflated ? 8 : 0));
        writer.Write("PK\x03\x04"u8);
        WriteCommon(entry, data, method, writer);
        writer.Write((ushort)0);
        writer.Write(entry.Name);
        writer.Write(data);
        WriteCentral(entry, method, data, central, offset);
    }

    private static void WriteCentral(RawZipEntry entry, ushort method, byte[] data, BinaryWriter central, uint offset)
    {
        var extra = entry.Extra;
        if (entry.IsZip64)
        {
            extra = [.. extra, 1, 0, 24, 0, .. BitConverter.GetBytes((long)entry.Data.Length), .. BitConverter.GetBytes((long)data.Length), .. BitConverter.GetBytes((long)offset)];
        }

        central.Write("PK\x01\x02"u8);
        central.Write((ushort)(3 << 8 | 20));
        WriteCommon(entry, data, method, central, entry.IsZip64);
        central.Write((ushort)extra.Length);
        central.Write(new byte[6]);
        central.Write(entry.Attributes);
        central.Write(entry.IsZip64 ? uint.MaxValue : offset);
        central.Write(entry.Name);
        central.Write(extra);
    }

    // From "version needed" to "file name length", which both headers share.
    private static void WriteCommon(RawZipEntry entry, byte[] data, ushort method, BinaryWriter writer, bool isZip64 = false)
    {
        writer.Write((ushort)20);
        writer.Write(entry.Flags);
        writer.Write(entry.Method ?? method);
        writer.Write(0x5A210000);
        writer.Write(entry.Crc ?? Crc32(entry.Data));
        writer.Write(isZip64 ? uint.MaxValue : (uint)data.Length);
        writer.Write(isZip64 ? uint.MaxValue : entry.DeclaredLength ?? (uint)entry.Data.Length);
        writer.Write((ushort)entry.Name.Length);
    }

    private static void WriteEnd(BinaryWriter writer, int count, uint length, uint start)
    {
        writer.Write("PK\x05\x06"u8);
        writer.Write(0);
        writer.Write((ushort)count);
        writer.Write((ushort)count);
        writer.Write(length);
        writer.Write(start);
        writer.Write((ushort)0);
    }

    private static byte[] Deflate(byte[] data)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal))
        {
            deflate.Write(data);
        }

        return output.ToArray();
    }

    /// <summary>Bit by bit, so that it shares nothing with the code under test.</summary>
    public static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
            }
        }

        return ~crc;
    }
}
