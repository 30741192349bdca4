using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Items;

/// <summary>An item's files by bundle, with what proves that they are whole.</summary>
public sealed partial class ItemFiles(BitstreamService bitstreams)
{
    private readonly Dictionary<Guid, bool> _intact = [];
    private Guid? _verifying;

    /// <summary>The files.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Bitstream> Bitstreams { get; set; } = [];

    /// <summary>The groups that policies let read; what holds instead when there are none.</summary>
    internal static string Readers(IEnumerable<Policy> policies, string otherwise) =>
        string.Join(", ", policies.Where(policy => policy.Action == PolicyAction.Read).Select(policy => policy.Group!.Name).Order(StringComparer.Ordinal)) is { Length: > 0 } names
            ? names
            : otherwise;

    private async Task VerifyAsync(Bitstream bitstream)
    {
        _verifying = bitstream.Id;
        await AttemptAsync(async () => _intact[bitstream.Id] = await bitstreams.VerifyAsync(bitstream.Id, PageLifetime));
        _verifying = null;
    }
}
