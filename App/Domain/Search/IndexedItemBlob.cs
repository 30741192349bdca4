using System.Text;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Search;

/// <summary>Writes down what the index knows of an item, so that its terms can be made again: to take them out, to explain a match, to check a distance.</summary>
internal static class IndexedItemBlob
{
    public static byte[] Write(IndexedItem item)
    {
        var memory = new MemoryStream(1024);
        using var writer = new BinaryWriter(memory, Encoding.UTF8);
        writer.Write((byte)item.State);
        writer.Write(item.Discoverable);
        writer.Write(item.Handle ?? "");
        writer.Write(item.Created.UtcTicks);
        writer.Write7BitEncodedInt(item.Collections.Count);
        foreach (var collection in item.Collections)
        {
            writer.Write(collection.ToByteArray());
        }

        writer.Write7BitEncodedInt(item.Values.Count);
        foreach (var (field, text) in item.Values)
        {
            writer.Write(field);
            writer.Write(text);
        }

        writer.Write7BitEncodedInt(item.Files.Count);
        foreach (var (name, mediaType, bytes) in item.Files)
        {
            writer.Write(name);
            writer.Write(mediaType);
            writer.Write7BitEncodedInt64(bytes);
        }

        return memory.ToArray();
    }

    public static IndexedItem Read(Guid id, byte[] blob)
    {
        using var reader = new BinaryReader(new MemoryStream(blob), Encoding.UTF8);
        return new()
        {
            Id = id,
            State = (ItemState)reader.ReadByte(),
            Discoverable = reader.ReadBoolean(),
            Handle = reader.ReadString() is { Length: > 0 } handle ? handle : null,
            Created = new(reader.ReadInt64(), TimeSpan.Zero),
            Collections = ReadList(reader, () => new Guid(reader.ReadBytes(16))),
            Values = ReadList(reader, () => new IndexedValue(string.Intern(reader.ReadString()), reader.ReadString())),
            Files = ReadList(reader, () => new IndexedFile(reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt64())),
        };
    }

    private static T[] ReadList<T>(BinaryReader reader, Func<T> read)
    {
        var list = new T[reader.Read7BitEncodedInt()];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = read();
        }

        return list;
    }
}
