using System.Security.Cryptography;
using AdminPortal.Domain.Oai.Provider;
using Microsoft.AspNetCore.DataProtection;

namespace AdminPortal.Web.Auth;

/// <summary>Seals resumptionTokens with the keys that all nodes share.</summary>
internal sealed class ProtectedTokens(IDataProtectionProvider protection) : ITokenSeal
{
    private readonly IDataProtector _protector = protection.CreateProtector("OAI-PMH resumptionToken");

    public string Seal(byte[] content) => System.Buffers.Text.Base64Url.EncodeToString(_protector.Protect(content));

    public byte[]? Open(string text)
    {
        try
        {
            return System.Buffers.Text.Base64Url.IsValid(text) ? _protector.Unprotect(System.Buffers.Text.Base64Url.DecodeFromChars(text)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
