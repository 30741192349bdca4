using AdminPortal.Domain.Common;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Storage;

/// <summary>Files in directories outside of the store, read where they lie.</summary>
public sealed class RegisteredFiles(IOptions<StorageOptions> options)
{
    /// <summary>Opens a registered file for reading.</summary>
    /// <param name="store">The number under which the settings name a directory.</param>
    /// <param name="path">The path below that directory; neither <c>..</c> nor a symbolic link leads out of it.</param>
    /// <exception cref="NotFoundException">There is no such store or file, or the path leads out of the store.</exception>
    public Stream OpenRead(int store, string path) => WhyMissing(store, path) is { } why
        ? throw new NotFoundException(why)
        : new FileStream(Path.Combine(options.Value.Registered[store], path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);

    /// <summary>Why a registered file cannot be read; null when it can.</summary>
    public string? WhyMissing(int store, string path)
    {
        if (!options.Value.Registered.TryGetValue(store, out var root))
        {
            return $"No external store has the number {store}; the setting Storage__Registered__{store} would name its directory.";
        }

        root = Path.GetFullPath(root);
        var full = Path.GetFullPath(Path.Combine(root, path));
        return IsInside(root, full) && File.Exists(full) && IsInside(RealPath(root), RealPath(full)) ? null : $"The external store {store} has no file {path}.";
    }

    private static bool IsInside(string root, string path) => path.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);

    // Resolves symbolic links in every part of the path, not only in the last.
    private static string RealPath(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = File.ResolveLinkTarget(next, returnFinalTarget: false) is { } target ? RealPath(target.FullName) : next;
        }

        return real;
    }
}
