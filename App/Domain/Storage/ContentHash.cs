using System.Security.Cryptography;

namespace AdminPortal.Domain.Storage;

/// <summary>Hashes content that is not to be stored.</summary>
public static class ContentHash
{
    /// <summary>Reads a stream to its end and says what it is.</summary>
    public static async Task<StoredContent> OfAsync(Stream content, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var (buffer, size) = (new byte[128 * 1024], 0L);
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            sha256.AppendData(buffer, 0, length);
            md5.AppendData(buffer, 0, length);
            size += length;
        }

        return new(Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(md5.GetHashAndReset()), size);
    }
}
