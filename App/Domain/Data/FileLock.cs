namespace AdminPortal.Domain.Data;

/// <summary>
/// A lock between processes of one machine. The kernel drops it when its holder ends, even by <c>kill -9</c>,
/// so a lock file that lies about means nothing by itself.
/// </summary>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan _retry = TimeSpan.FromMilliseconds(50);

    // Linux' EWOULDBLOCK, which .NET hands on as the result of an IOException when flock(2) is refused.
    private const int WouldBlock = 11;

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>The folder of the lock file with every symbolic link resolved.</summary>
    public string RealDirectory
    {
        get
        {
            var descriptor = new FileInfo($"/proc/self/fd/{_file.SafeFileHandle.DangerousGetHandle()}");
            return Path.GetDirectoryName(descriptor.LinkTarget ?? _file.Name)!;
        }
    }

    /// <summary>Takes a lock that others may share; null while somebody has it for themselves.</summary>
    /// <param name="path">The lock file, created when missing.</param>
    public static FileLock? TryShared(string path) => Try(path, FileAccess.Read, FileShare.Read);

    /// <summary>Takes a lock for oneself alone; null while anybody else has it.</summary>
    /// <param name="path">The lock file, created when missing.</param>
    public static FileLock? TryExclusive(string path) => Try(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Takes a lock for oneself alone as soon as nobody else has it.</summary>
    /// <param name="path">The lock file, created when missing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<FileLock> ExclusiveAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryExclusive(path) is { } taken)
            {
                return taken;
            }

            await Task.Delay(_retry, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // On Unix, .NET opens FileShare.Read with flock(LOCK_SH) and FileShare.None with flock(LOCK_EX), both without waiting,
    // and closes the descriptor in child processes, so a program started meanwhile never inherits the lock.
    private static FileLock? Try(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = access,
                Share = share,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }));
        }
        catch (IOException refused) when (refused.HResult == WouldBlock)
        {
            return null;
        }
    }
}
