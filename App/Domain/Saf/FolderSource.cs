using System.IO.Enumeration;

namespace AdminPortal.Domain.Saf;

/// <summary>A package that lies unpacked in a directory. Symbolic links may lead to other places inside of it, never out.</summary>
internal sealed class FolderSource(string root, SafLimits limits) : SafSource
{
    private static readonly EnumerationOptions _everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };
    private readonly SafRefusal _refusal = new();
    private readonly Stack<string> _linkedFrom = [];
    private int _entries;
    private long _bytes;

    public override bool HasChecksums => false;

    public override void List(SafTree tree)
    {
        ListDirectory(root, "", tree);
        _refusal.ThrowIfAny();
    }

    public override Stream Open(string path, int index)
    {
        try
        {
            return new FileStream(Path.Join(root, path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SafRefusal.Because($"{path} cannot be read: {e.Message}", "Make the file readable, or leave it out.");
        }
    }

    private void ListDirectory(string directory, string prefix, SafTree tree)
    {
        var entries = new FileSystemEnumerable<Found>(directory, static (ref FileSystemEntry entry) => new Found(
            entry.FileName.ToString(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) != 0, entry.IsDirectory ? 0 : entry.Length), _everything);
        foreach (var found in entries)
        {
            var path = prefix + found.Name;
            if (++_entries > limits.MaxEntries)
            {
                throw SafRefusal.Because($"The package has more than {limits.MaxEntries:N0} files and directories.", "Import it in parts, or raise Saf:MaxEntries.");
            }

            if (SafNames.Normalise(path, out var danger) is null)
            {
                _refusal.Add($"{Path.Join(root, path)} {danger}.", "Rename it.");
            }
            else if (!SafNames.IsJunk(found.Name, found.IsDirectory))
            {
                Take(found, path, tree);
            }
        }
    }

    private void Take(Found found, string path, SafTree tree)
    {
        var full = Path.Join(root, path);
        var target = found.IsLink ? Target(full, path) : null;
        if (found.IsLink && target is null)
        {
            return;
        }

        if (found.IsDirectory || target is DirectoryInfo)
        {
            tree.AddDirectory(path);
            if (found.IsLink)
            {
                _linkedFrom.Push(RealPath(Path.GetDirectoryName(full)!)!);
            }

            ListDirectory(full, path + "/", tree);
            if (found.IsLink)
            {
                _linkedFrom.Pop();
            }

            return;
        }

        var length = target is FileInfo file ? file.Length : found.Length;
        if ((_bytes += length) > limits.MaxExpandedBytes)
        {
            throw SafRefusal.Because($"The files of the package have more than {limits.MaxExpandedBytes:N0} bytes.",
                "Import it in parts, or raise Saf:MaxExpandedBytes.");
        }

        tree.AddFile(path, length, 0, nameIsGuessed: false);
    }

    // What a link finally leads to; null, with a reason to refuse, when that is outside, in a circle or nowhere.
    private FileSystemInfo? Target(string link, string path)
    {
        var target = RealPath(link);
        var home = RealPath(root) + Path.DirectorySeparatorChar;
        if (target is null)
        {
            _refusal.Add($"{path} is a symbolic link that leads nowhere.", "Put the file itself in its place.");
        }
        else if (!target.StartsWith(home, StringComparison.Ordinal))
        {
            _refusal.Add($"{path} is a symbolic link that leads out of the package, to {target}.", "Put the file itself in its place.");
        }
        else if (_linkedFrom.Append(RealPath(Path.GetDirectoryName(link)!)).Any(from => $"{from}/".StartsWith(target + "/", StringComparison.Ordinal)))
        {
            _refusal.Add($"{path} is a symbolic link that leads in a circle.", "Remove the link.");
        }
        else
        {
            return Directory.Exists(target) ? new DirectoryInfo(target) : new FileInfo(target);
        }

        return null;
    }

    // .NET resolves a link's last part only, so each part is resolved in turn.
    private static string? RealPath(string path)
    {
        var real = Path.GetPathRoot(path)!;
        var parts = new Stack<string>(path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (var links = 0; parts.TryPop(out var part);)
        {
            real = part == ".." ? Path.GetDirectoryName(real) ?? real : Path.Join(real, part);
            var info = new FileInfo(real);
            if (info.LinkTarget is { } target)
            {
                if (++links > 40)
                {
                    return null;
                }

                real = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : Path.GetDirectoryName(real)!;
                foreach (var step in target.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    if (step != ".")
                    {
                        parts.Push(step);
                    }
                }
            }
        }

        return File.Exists(real) || Directory.Exists(real) ? real : null;
    }

    private readonly record struct Found(string Name, bool IsDirectory, bool IsLink, long Length);
}
