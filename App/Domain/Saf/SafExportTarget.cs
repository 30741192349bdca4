using AdminPortal.Domain.Data;

namespace AdminPortal.Domain.Saf;

/// <summary>What an export writes to. Items are prepared ahead, on all cores; the rest is done by one, in order.</summary>
internal abstract class SafExportTarget : IAsyncDisposable
{
    /// <summary>The name of the list of checksums.</summary>
    public const string ManifestName = "manifest-sha256.txt";

    /// <summary>How many bytes of memory preparing an item takes.</summary>
    public abstract long Weigh(SafExportDue due);

    /// <summary>Does for an item what can be done before its turn. An item whose files cannot be read comes back with the failure.</summary>
    public abstract SafExportWork Prepare(SafExportDue due, CancellationToken cancellationToken);

    /// <summary>Writes an item; false when it no longer fits into the ZIP, which is to be committed and finished first.</summary>
    public abstract Task<bool> TryAddAsync(SafExportWork work, CancellationToken cancellationToken);

    /// <summary>Makes everything that was added survive a power failure.</summary>
    public abstract Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Writes down how far it is, within the transaction of the journal.</summary>
    public abstract Task SaveAsync(PortalDb db, CancellationToken cancellationToken);

    /// <summary>Hears that the transaction was committed.</summary>
    public abstract void Commit();

    /// <summary>Completes what was begun, and puts it where it belongs.</summary>
    public abstract Task FinishAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
