namespace AdminPortal.Domain.Saf;

/// <summary>Where the files of a package lie: in a directory or in a ZIP. Safe for parallel callers once it is listed.</summary>
internal abstract class SafSource : IDisposable
{
    /// <summary>Whether reading a file compares its length and checksum with what the source declares.</summary>
    public abstract bool HasChecksums { get; }

    /// <summary>Puts everything into the tree except what file managers leave behind.</summary>
    /// <exception cref="SafRefusedException">The source is hostile, damaged or too large.</exception>
    public abstract void List(SafTree tree);

    /// <summary>Opens a file by its path in the source and the index it was listed with.</summary>
    public abstract Stream Open(string path, int index);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
