namespace AdminPortal.Domain.Common;

/// <summary>A stream for writers that cannot wait, before one that wants to be waited for: holds what is written until <see cref="FlushAsync"/> hands it on.</summary>
internal sealed class HeldOutput(Stream output) : WriteOnlyStream
{
    private readonly MemoryStream _held = new();

    /// <summary>How many bytes it holds.</summary>
    public long Held => _held.Length;

    public override void Write(ReadOnlySpan<byte> buffer) => _held.Write(buffer);

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_held.GetBuffer().AsMemory(0, (int)_held.Length), cancellationToken);
        _held.SetLength(0);
    }
}
