using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Endpoints;

/// <summary>
/// Takes an answer in, whole, before it is sent, and makes a weak entity tag of it (RFC 9110, section 8.8.1): the same for the same answer to the same query, whenever it is given.
/// Long answers get none. Most of them go on, with a token that is another one each time, and to look at their bytes once more would take longer.
/// </summary>
internal sealed class OaiAnswer(string query) : Stream
{
    // Room for the largest page; it is taken from a pool, and given back.
    private const int MostHeld = 16 << 20;

    private const long MostTagged = 64 << 10;

    private readonly FileBufferingWriteStream _content = new(MostHeld);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;
    private int _matched;

    /// <summary>The tag; null when there is none.</summary>
    public string? Tag { get; private set; }

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position { get => _length; set => throw new NotSupportedException(); }

    // Up to its end everything but the date is the same in all answers.
    private static ReadOnlySpan<byte> DateEnd => "</responseDate>"u8;

    /// <summary>Ends the answer: it has its tag now, unless its list goes on.</summary>
    public void End(bool goesOn)
    {
        if (!goesOn && _length <= MostTagged)
        {
            _hash.AppendData(System.Text.Encoding.UTF8.GetBytes(query));
            Tag = $"W/\"{Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, 16))}\"";
        }
    }

    /// <summary>Sends it.</summary>
    public Task SendAsync(HttpResponse response, CancellationToken cancellationToken) => _content.DrainBufferAsync(response.BodyWriter, cancellationToken);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _content.Write(buffer);
        _length += buffer.Length;
        if (_length <= MostTagged)
        {
            _hash.AppendData(AfterDate(buffer));
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // It is sent when it is whole.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _content.DisposeAsync();
        await base.DisposeAsync();
    }

    // The end of the date may be cut in two by the writer's buffer. Its first character comes only once in it.
    private ReadOnlySpan<byte> AfterDate(ReadOnlySpan<byte> buffer)
    {
        var i = 0;
        for (; i < buffer.Length && _matched < DateEnd.Length; i++)
        {
            _matched = buffer[i] == DateEnd[_matched] ? _matched + 1 : buffer[i] == DateEnd[0] ? 1 : 0;
        }

        return buffer[i..];
    }
}
