using System.Buffers.Binary;

namespace AdminPortal.Domain.Common;

/// <summary>
/// The CRC-32 of ZIP (polynomial EDB88320, APPNOTE.TXT 4.4.7), eight bytes a step. .NET keeps its own internal, and its
/// <c>ZipArchive</c> does not compare it when reading.
/// </summary>
internal static class Crc32
{
    private static readonly uint[] _tables = MakeTables();

    /// <summary>The CRC-32 of what was seen before, with <paramref name="data"/> after it; 0 before anything.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<uint> t = _tables;
        crc = ~crc;
        while (data.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = t[0x700 + (int)(low & 0xFF)] ^ t[0x600 + (int)(low >> 8 & 0xFF)] ^ t[0x500 + (int)(low >> 16 & 0xFF)] ^ t[0x400 + (int)(low >> 24)]
                ^ t[0x300 + (int)(high & 0xFF)] ^ t[0x200 + (int)(high >> 8 & 0xFF)] ^ t[0x100 + (int)(high >> 16 & 0xFF)] ^ t[(int)(high >> 24)];
            data = data[8..];
        }

        foreach (var b in data)
        {
            crc = t[(int)((crc ^ b) & 0xFF)] ^ crc >> 8;
        }

        return ~crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
            }

            tables[i] = crc;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = tables[i - 256] >> 8 ^ tables[tables[i - 256] & 0xFF];
        }

        return tables;
    }
}
