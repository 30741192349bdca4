using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// What the items of a package will be found by once they are stored, for checks before that. Read when it is first asked for, and kept as one number
/// per item and field, because a package may be large.
/// </summary>
/// <param name="package">The package.</param>
/// <param name="isStored">Whether an item of this name was stored before, so that the database knows it already.</param>
internal sealed class SafPackageTargets(SafPackage package, Func<string, bool> isStored)
{
    private readonly Dictionary<string, string?> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<long, (int Count, int Item)>> _values = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, string>? _handles;

    /// <summary>The entity type of an item; null when it has none or is not in the package.</summary>
    public string? EntityOf(string name)
    {
        if (!_entities.TryGetValue(name, out var entity))
        {
            entity = package.Find(name) is { } item ? Values(item).FirstOrDefault(value => Same(value.Field, EntityType.Field))?.Value : null;
            _entities[name] = entity;
        }

        return entity;
    }

    /// <summary>The item that brings a handle along; null when none does.</summary>
    public string? FindHandle(string handle)
    {
        if (_handles is null)
        {
            _handles = [];
            foreach (var item in package.Items.Where(item => !isStored(item.Name)))
            {
                if (item.Find(SafNames.Handle) is { } file && ReadHandle(item, file) is { } found)
                {
                    _handles.TryAdd(found, item.Name);
                }
            }
        }

        return _handles.GetValueOrDefault(handle);
    }

    /// <summary>How many items have a value, and the last of them.</summary>
    public (long Count, string? Item) FindValue(string field, string value)
    {
        if (!_values.TryGetValue(field, out var known))
        {
            _values[field] = known = ReadValues(field);
        }

        return known.TryGetValue(Hash(value), out var found) ? (found.Count, package.Items[found.Item].Name) : (0, null);
    }

    private Dictionary<long, (int Count, int Item)> ReadValues(string field)
    {
        var found = new Dictionary<long, (int Count, int Item)>();
        Parallel.For(0, package.Items.Count, i =>
        {
            if (!isStored(package.Items[i].Name))
            {
                var hashes = Values(package.Items[i]).Where(value => Same(value.Field, field)).Select(value => Hash(value.Value)).Distinct().ToList();
                lock (found)
                {
                    hashes.ForEach(hash => found[hash] = (found.GetValueOrDefault(hash).Count + 1, i));
                }
            }
        });
        return found;
    }

    private IEnumerable<MetadataValue> Values(SafDirectory item) => item.Files
        .Where(file => file.Name == SafNames.DublinCore || SafNames.IsMetadata(file.Name))
        .SelectMany(file => ReadXml(item, file)).Select(value => value.Metadata);

    // What cannot be read is found when its own item is checked.
    private IReadOnlyList<DublinCoreValue> ReadXml(SafDirectory item, SafEntry file)
    {
        try
        {
            using var stream = package.OpenFile(item, file);
            return DublinCoreXml.Parse(stream, item.Name, file.Name).Values;
        }
        catch (SafRefusedException)
        {
            return [];
        }
    }

    private string? ReadHandle(SafDirectory item, SafEntry file)
    {
        try
        {
            using var reader = new StreamReader(package.OpenFile(item, file), Encoding.UTF8);
            return HandleFile.Normalise((reader.ReadLine() ?? "").Trim());
        }
        catch (SafRefusedException)
        {
            return null;
        }
    }

    // A number is enough to tell values apart here: of a million values two share theirs once in forty million packages.
    private static long Hash(string value) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
