using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Tests.Support;

/// <summary>
/// Builds SAF packages in a temporary directory that goes when the builder goes: <c>With("item_0/contents", "a.pdf\n")</c>, then
/// <see cref="Folder"/> or <see cref="Zip"/>.
/// </summary>
public sealed class SafPackageBuilder : IDisposable
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>The temporary directory; packages lie in it.</summary>
    public string Home { get; } = Directory.CreateTempSubdirectory("saf-").FullName;

    /// <summary>A <c>dublin_core.xml</c> with a title and nothing else.</summary>
    public static string Titled(string title) => DublinCore($"""<dcvalue element="title">{title}</dcvalue>""");

    /// <summary>A metadata file with these <c>dcvalue</c> elements.</summary>
    public static string DublinCore(string values, string? schema = null) =>
        $"<dublin_core{(schema is null ? "" : $" schema=\"{schema}\"")}>\n{values}\n</dublin_core>\n";

    /// <summary>Adds a file; a path that ends in <c>/</c> is an empty directory.</summary>
    public SafPackageBuilder With(string path, string text = "") => With(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a file.</summary>
    public SafPackageBuilder With(string path, byte[] bytes)
    {
        _files[path] = bytes;
        return this;
    }

    /// <summary>Adds an item with a title and the named files, which <c>contents</c> lists.</summary>
    public SafPackageBuilder WithItem(string name, params string[] files)
    {
        With($"{name}/dublin_core.xml", Titled($"Title of {name}"));
        if (files.Length > 0)
        {
            With($"{name}/contents", string.Concat(files.Select(file => file + "\n")));
        }

        foreach (var file in files)
        {
            With($"{name}/{file}", $"bytes of {file}");
        }

        return this;
    }

    /// <summary>Adds an item with a title and an entity type, e.g. <c>Person</c>, and these lines in its <c>relationships</c> file; without any there is none.</summary>
    public SafPackageBuilder WithEntity(string name, string entity, params string[] relationships)
    {
        WithItem(name).With($"{name}/metadata_dspace.xml", DublinCore($"""<dcvalue element="entity" qualifier="type">{entity}</dcvalue>""", "dspace"));
        return relationships.Length == 0 ? this : With($"{name}/relationships", string.Join('\n', relationships));
    }

    /// <summary>Adds items <c>item_00000</c> and on, each with metadata, <c>contents</c> and one file of this size, no two of them equal if it has 4 bytes or more.</summary>
    public SafPackageBuilder WithItems(int count, int fileLength)
    {
        var bytes = new byte[fileLength];
        new Random(1).NextBytes(bytes);
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"item_{i:D5}");
            var own = (byte[])bytes.Clone();
            BinaryPrimitives.TryWriteInt32LittleEndian(own, i);
            WithItem(name).With($"{name}/contents", "file.pdf\tbundle:ORIGINAL\n").With($"{name}/file.pdf", own);
        }

        return this;
    }

    /// <summary>Writes the files below a directory and gives its path.</summary>
    public string Folder(string name = "package")
    {
        var root = Path.Join(Home, name);
        Directory.CreateDirectory(root);
        foreach (var (path, bytes) in _files)
        {
            var full = Path.Join(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            if (!path.EndsWith('/'))
            {
                File.WriteAllBytes(full, bytes);
            }
        }

        return root;
    }

    /// <summary>Packs the files into a ZIP as .NET does and gives its path.</summary>
    public string Zip(string name = "package.zip")
    {
        var path = Path.Join(Home, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entry, bytes) in _files)
        {
            using var stream = zip.CreateEntry(entry, CompressionLevel.Fastest).Open();
            stream.Write(bytes);
        }

        return path;
    }

    /// <summary>Writes bytes of any kind as a file and gives its path.</summary>
    public string Raw(byte[] bytes, string name = "package.zip")
    {
        var path = Path.Join(Home, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Opens the files as a ZIP, or as a directory.</summary>
    public SafPackage Open(bool asZip = true) => SafPackage.Open(asZip ? Zip() : Folder(), new SafLimits());

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Home, recursive: true);
}
