using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Web.Endpoints;

/// <summary>The headers of the tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload).</summary>
internal static class TusHeaders
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,checksum,termination,expiration";
    public const string ChecksumAlgorithms = "sha1,sha256";
    public const string PatchType = "application/offset+octet-stream";

    /// <summary>Reads a number of bytes, e.g. <c>Upload-Offset: 70</c>.</summary>
    /// <exception cref="PortalException">It is missing or no such number.</exception>
    public static long ReadBytes(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : throw new PortalException($"The header {header} is missing or is no number of bytes. Send it with decimal digits alone.");

    /// <summary>Reads the length of a file that is announced.</summary>
    /// <exception cref="PortalException">It is missing, no number, or to be told later, which we cannot do.</exception>
    public static long ReadLength(HttpRequest request) => request.Headers.ContainsKey("Upload-Defer-Length")
        ? throw new PortalException("The length of a file must be known when its upload begins. Send Upload-Length in place of Upload-Defer-Length.")
        : ReadBytes(request, "Upload-Length");

    /// <summary>Reads what the bytes of a request must hash to; null when it does not say.</summary>
    /// <exception cref="PortalException">It cannot be read, or the algorithm is none of ours.</exception>
    public static ChunkChecksum? ReadChecksum(HttpRequest request)
    {
        // Upload-Checksum: sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=
        if (!request.Headers.TryGetValue("Upload-Checksum", out var values))
        {
            return null;
        }

        var (name, value) = values.ToString().Split(' ') is [var first, var second] ? (first, second) : ("", "");
        var (algorithm, length) = name switch
        {
            "sha1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            "sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            _ => throw new PortalException($"The header Upload-Checksum is an algorithm, a space and the hash in Base64. The algorithms are {ChecksumAlgorithms}."),
        };
        var hash = new byte[length];
        return Convert.TryFromBase64String(value, hash, out var written) && written == length
            ? new(algorithm, hash)
            : throw new PortalException($"The header Upload-Checksum holds no {name} in Base64.");
    }

    /// <summary>Reads the file's name out of what the sender tells about it; null when it does not tell.</summary>
    /// <exception cref="PortalException">It cannot be read.</exception>
    public static string? ReadName(HttpRequest request)
    {
        // Upload-Metadata: filename cGFja2FnZS56aXA=,is_confidential
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in request.Headers["Upload-Metadata"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split(' ') switch { [var alone] => (alone, ""), [var first, var second] => (first, second), _ => ("", "") };
            var bytes = new byte[value.Length];
            if (key is "" || !Ascii.IsValid(key) || !Convert.TryFromBase64String(value, bytes, out var length) || !metadata.TryAdd(key, Encoding.UTF8.GetString(bytes, 0, length)))
            {
                throw new PortalException("The header Upload-Metadata is a list of keys, each once, with a space and the value in Base64 behind, parted by commas.");
            }
        }

        return metadata.GetValueOrDefault("filename") ?? metadata.GetValueOrDefault("name");
    }

    /// <summary>Tells where an upload stands, and until when it is kept.</summary>
    public static void Write(HttpResponse response, PartialUpload upload)
    {
        response.Headers["Upload-Offset"] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        response.Headers["Upload-Expires"] = upload.Expires.ToString("R", CultureInfo.InvariantCulture);
    }
}
