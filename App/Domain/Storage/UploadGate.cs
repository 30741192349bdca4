using AdminPortal.Domain.Common;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Storage;

/// <summary>Says who may upload, and how much, before a byte is sent.</summary>
public sealed class UploadGate(IOptions<UploadOptions> options, IBitstreamStore store, Caller caller)
{
    /// <summary>The largest upload in bytes; null when the disk alone bounds it.</summary>
    public long? MaxBytes => options.Value.MaxBytes is > 0 and var bytes ? bytes : null;

    /// <summary>Refuses what may not be uploaded.</summary>
    /// <param name="length">Length of the file in bytes; null when its sender does not say.</param>
    /// <exception cref="ForbiddenException">The caller is neither curator nor administrator.</exception>
    /// <exception cref="TooLargeException">The file exceeds the limit, or what the disk has room for.</exception>
    public void Require(long? length)
    {
        if (caller.Role is not (Role.Administrator or Role.Curator))
        {
            throw new ForbiddenException("Only curators and administrators may upload packages. Ask an administrator for the role Curator.");
        }

        if (length > MaxBytes)
        {
            throw new TooLargeException(
                $"The file has {ByteText.Of(length.Value)} and an upload may have {ByteText.Of(MaxBytes.Value)}. Send it in smaller packages, or ask an administrator to raise the setting Uploads__MaxBytes.");
        }

        if (length is { } wanted && store.FreeBytes is var free && wanted > free)
        {
            throw new TooLargeException(
                $"The file has {ByteText.Of(wanted)} and the disk of the bitstream store has room for {ByteText.Of(free)}. Ask an administrator to make room, or send it in smaller packages.");
        }
    }
}
