using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AdminPortal.Domain.Storage;

/// <summary>Makes what was written survive a power failure.</summary>
public static partial class DiskSync
{
    /// <summary>Writes all that waits for the file system of a directory to disk, data and names alike; one call costs a fraction of one for each file.</summary>
    /// <param name="file">Any file of that file system; it is made when missing.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void SyncFileSystemOf(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        if (SyncFs(handle) != 0)
        {
            throw new IOException($"The file system of {file} could not be written to disk: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFs(SafeFileHandle file);
}
