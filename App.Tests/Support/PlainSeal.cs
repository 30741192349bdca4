using System.Buffers.Text;
using AdminPortal.Domain.Oai.Provider;

namespace AdminPortal.Tests.Support;

/// <summary>Writes tokens as they are; what is in them is told apart from what is not, and no more.</summary>
internal sealed class PlainSeal : ITokenSeal
{
    private const string Mark = "plain-";

    public string Seal(byte[] content) => Mark + Base64Url.EncodeToString(content);

    public byte[]? Open(string text) => text.StartsWith(Mark, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Mark.Length)) ? Base64Url.DecodeFromChars(text.AsSpan(Mark.Length)) : null;
}
