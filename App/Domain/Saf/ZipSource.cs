using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace AdminPortal.Domain.Saf;

/// <summary>A package in a ZIP file. Any number of threads read their entries at once, each at its own place in the file.</summary>
internal sealed class ZipSource : SafSource
{
    private const ushort Stored = 0, Deflate = 8, Deflate64 = 9;
    private readonly string _path;
    private readonly string _name;
    private readonly SafLimits _limits;
    private readonly SafeFileHandle _file;
    private readonly List<ZipEntry> _entries = [];
    private readonly SafRefusal _refusal = new();
    private long _expanded, _compressed;

    public ZipSource(string path, string name, SafLimits limits)
    {
        (_path, _name, _limits) = (path, name, limits);
        _file = File.OpenHandle(path, options: FileOptions.RandomAccess);
    }

    public override bool HasChecksums => true;

    public override void List(SafTree tree)
    {
        RefuseOtherKinds();
        var directory = ZipDirectory.Find(_file) ?? throw Damaged();
        RefuseTooMany(directory.Count);
        var isWhole = directory.Read(record => Take(record, directory.Start, tree));
        _refusal.ThrowIfAny();
        if (!isWhole)
        {
            throw Damaged();
        }

        var size = RandomAccess.GetLength(_file);
        if (_compressed > size)
        {
            throw SafRefusal.Because($"{_name} is a ZIP bomb: its entries share the same bytes.", "Pack the items again with an ordinary program.");
        }

        if (_limits.IsBomb(_expanded, size))
        {
            throw SafRefusal.Because($"{_name} is a ZIP bomb: it would grow from {size:N0} to {_expanded:N0} bytes.", "Raise Saf:MaxRatio if it is honest.");
        }
    }

    public override Stream Open(string path, int index)
    {
        var entry = _entries[index];
        return new ZipEntryStream(Expanded(entry, path, index), entry, path);
    }

    public override void Dispose() => _file.Dispose();

    private Stream Expanded(ZipEntry entry, string path, int index) => entry.Method switch
    {
        Deflate => new DeflateStream(new ZipSegment(_file, entry, path), CompressionMode.Decompress),
        Deflate64 => OpenDeflate64(index),
        _ => new ZipSegment(_file, entry, path),
    };

    private void Take(ZipRecord record, long dataEnd, SafTree tree)
    {
        RefuseTooMany(_entries.Count + 1);
        var entry = record.Entry;
        var name = ZipNames.Decode(record.Name, record.Extra, out var isGuessed).Replace('\\', '/');
        _entries.Add(entry);
        var path = SafNames.Normalise(name, out var danger);
        danger ??= Danger(record, dataEnd);
        if (danger is not null)
        {
            _refusal.Add($"{Shown(name)} {danger}.", "Pack the items again with an ordinary program, as plain files and without a password.");
            return;
        }

        _expanded += entry.Length;
        _compressed += entry.CompressedLength;
        if (_expanded > _limits.MaxExpandedBytes)
        {
            throw SafRefusal.Because($"{_name} would expand to more than {_limits.MaxExpandedBytes:N0} bytes.", "Import it in parts, or raise Saf:MaxExpandedBytes.");
        }

        var isDirectory = name.EndsWith('/');
        if (path!.Length > 0 && !SafNames.IsJunk(path, isDirectory))
        {
            if (isDirectory)
            {
                tree.AddDirectory(path);
            }
            else
            {
                tree.AddFile(path, entry.Length, _entries.Count - 1, isGuessed);
            }
        }
    }

    private string? Danger(ZipRecord record, long dataEnd)
    {
        var entry = record.Entry;
        return record switch
        {
            { UnixType: 0xA000 } => "is a symbolic link",
            { UnixType: not (0 or 0x4000 or 0x8000) } => "is no regular file",
            { IsEncrypted: true } => "is encrypted",
            _ when entry.Method is not (Stored or Deflate or Deflate64) => $"is compressed by a method that is not supported ({MethodName(entry.Method)})",
            _ when entry.Length < 0 || entry.CompressedLength < 0 || entry.Offset < 0 || entry.Offset > dataEnd - entry.CompressedLength =>
                "lies outside of the ZIP file, which is cut off or damaged",
            _ when entry.Method == Stored && entry.Length != entry.CompressedLength => "is stored with a length other than it declares",
            _ when _limits.IsBomb(entry.Length, entry.CompressedLength) => $"is a ZIP bomb: it would grow from {entry.CompressedLength:N0} to {entry.Length:N0} bytes",
            _ => null,
        };
    }

    private void RefuseOtherKinds()
    {
        var start = new byte[FileKind.Length];
        start = start[..RandomAccess.Read(_file, start, 0)];
        // A ZIP begins with an entry, or with its end when it is empty; one that once was split has a mark before the first entry.
        if (start is not ([0x50, 0x4B, 3, 4, ..] or [0x50, 0x4B, 5, 6, ..] or [0x50, 0x4B, 7, 8, 0x50, 0x4B, 3, 4, ..] or [0x50, 0x4B, 0x30, 0x30, 0x50, 0x4B, 3, 4, ..]))
        {
            var kind = FileKind.Of(start) ?? "of an unknown kind";
            throw SafRefusal.Because($"{_name} is {kind}, not a ZIP archive.", "Pack the directories of the items into a ZIP and import that.");
        }
    }

    private void RefuseTooMany(long count)
    {
        if (count > _limits.MaxEntries)
        {
            throw SafRefusal.Because($"{_name} has more than {_limits.MaxEntries:N0} entries.", "Import it in parts, or raise Saf:MaxEntries.");
        }
    }

    private SafRefusedException Damaged() =>
        SafRefusal.Because($"{_name} is cut off or damaged: its list of files is not whole.", "Copy or upload it again, and check that it opens on your machine.");

    // Windows packs files over 2 GB this way. Only ZipArchive expands it, so an archive is opened for that one entry.
    private OwningStream OpenDeflate64(int index)
    {
        var archive = new ZipArchive(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read));
        return new OwningStream(archive.Entries[index].Open(), archive);
    }

    private static string MethodName(int method) => method switch
    {
        1 => "Shrink",
        6 => "Implode",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "xz",
        98 => "PPMd",
        _ => $"method {method}",
    };

    private static string Shown(string name) => new(name.Select(c => char.IsControl(c) ? '?' : c).Take(300).ToArray());
}
