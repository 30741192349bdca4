using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Counts and sums the bytes of an entry on their way into the ZIP, before they are deflated.</summary>
internal sealed class ZipEntrySink(GrowingFile zip) : WriteOnlyStream
{
    private Stream? _next;

    /// <summary>Where the bytes of the ZIP itself go.</summary>
    public Stream Data { get; } = new Appender(zip);

    public uint Crc { get; private set; }

    public long Count { get; private set; }

    /// <summary>Has the bytes written through a stream that ends at <see cref="Data"/>.</summary>
    public void CopyThrough(Stream next, Action<Stream> copy)
    {
        _next = next;
        copy(this);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Crc = Crc32.Append(Crc, buffer);
        Count += buffer.Length;
        _next!.Write(buffer);
    }

    private sealed class Appender(GrowingFile zip) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => zip.Append(buffer);
    }
}
