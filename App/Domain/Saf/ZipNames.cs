using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// Reads the names in a ZIP. Only flagged names are sure to be UTF-8 (APPNOTE.TXT, appendix D); the others are whatever
/// the packing machine used: UTF-8 on Linux and macOS, CP437 or the country's DOS code page on Windows.
/// </summary>
internal static class ZipNames
{
    private static readonly Encoding _cp437 = CodePage(437);
    private static readonly Encoding[] _others = [CodePage(852), CodePage(1250), CodePage(1252), CodePage(850)];

    /// <summary>The name, and whether its encoding had to be guessed.</summary>
    public static string Decode(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> extra, out bool isGuessed)
    {
        isGuessed = false;
        if (!Ascii.IsValid(raw) && UnicodePath(raw, extra) is { } path)
        {
            return path;
        }

        isGuessed = !Utf8.IsValid(raw);
        return (isGuessed ? _cp437 : Encoding.UTF8).GetString(raw);
    }

    /// <summary>What a guessed name may have been meant to be. CP437 gives each byte a character of its own, so nothing was lost.</summary>
    public static IEnumerable<string> Alternatives(string guessed)
    {
        var raw = _cp437.GetBytes(guessed);
        return _others.Select(encoding => encoding.GetString(raw));
    }

    // Info-ZIP's extra field 0x7075: version 1, the CRC-32 of the raw name, the name in UTF-8.
    private static string? UnicodePath(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var (id, size) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (4 + size > extra.Length)
            {
                return null;
            }

            var field = extra.Slice(4, size);
            if (id == 0x7075 && size > 5 && field[0] == 1 && BinaryPrimitives.ReadUInt32LittleEndian(field[1..]) == Crc32.Append(0, raw) && Utf8.IsValid(field[5..]))
            {
                return Encoding.UTF8.GetString(field[5..]);
            }

            extra = extra[(4 + size)..];
        }

        return null;
    }

    private static Encoding CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number)!;
}
