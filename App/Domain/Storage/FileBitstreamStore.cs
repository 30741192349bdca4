using System.Buffers;
using System.Security.Cryptography;
using AdminPortal.Domain.Common;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Storage;

/// <summary>The bitstream store as a directory: <c>ab/abcdef…</c> for each content, <c>staging/WORKSPACE/…</c> for what is on its way in.</summary>
public sealed class FileBitstreamStore : IBitstreamStore
{
    // Up to this length a content is hashed before anything is written, so that one the store has already costs no writing.
    private const int WholeInMemory = 256 * 1024;

    private readonly string _root;
    private readonly string _staging;

    /// <summary>Opens the store, making its directory when missing.</summary>
    public FileBitstreamStore(IOptions<StorageOptions> options)
    {
        _root = options.Value.Path;
        _staging = Path.Combine(_root, "staging");
        Directory.CreateDirectory(_staging);
    }

    /// <inheritdoc/>
    public async Task<StagedContent> StageAsync(Stream content, string workspace, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(WholeInMemory);
        try
        {
            var length = await content.ReadAtLeastAsync(buffer, WholeInMemory, throwOnEndOfStream: false, cancellationToken);
            if (length < WholeInMemory)
            {
                var bytes = buffer.AsMemory(0, length);
                var whole = new StoredContent(Hex(SHA256.HashData(bytes.Span)), Hex(MD5.HashData(bytes.Span)), length);
                if (File.Exists(PathOf(whole.Sha256)))
                {
                    return new(whole, null);
                }

                var path = TemporaryPath(workspace);
                using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
                RandomAccess.Write(handle, bytes.Span, 0);
                return new(whole, path);
            }

            return await StageLongAsync(content, workspace, buffer, length, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public Task PublishAsync(IReadOnlyCollection<StagedContent> staged, CancellationToken cancellationToken)
    {
        if (staged.Count == 0)
        {
            return Task.CompletedTask;
        }

        var files = staged.Where(content => content.TemporaryPath is not null).ToList();
        if (staged.FirstOrDefault(content => content.TemporaryPath is null && !File.Exists(PathOf(content.Content.Sha256))
            && !files.Exists(file => file.Content.Sha256 == content.Content.Sha256)) is { } gone)
        {
            throw new ContentGoneException(gone.Content.Sha256);
        }

        return Task.Run(
            () =>
            {
                if (files.Count > 0)
                {
                    SyncFileSystem();
                }

                foreach (var file in files)
                {
                    var path = PathOf(file.Content.Sha256);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    File.Move(file.TemporaryPath!, path, overwrite: true);
                }

                // Also when all contents were there: another may have brought them a moment ago and not come to this line yet.
                SyncFileSystem();
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public string OpenWorkspace(string workspace) => Directory.CreateDirectory(Path.Combine(_staging, workspace)).FullName;

    /// <inheritdoc/>
    public Task AdoptAsync(string path, string sha256, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var address = PathOf(sha256);
            SyncFileSystem();
            Directory.CreateDirectory(Path.GetDirectoryName(address)!);
            File.Move(path, address, overwrite: true);
            SyncFileSystem();
        },
        cancellationToken);

    /// <inheritdoc/>
    public void ClearWorkspace(string workspace)
    {
        var path = Path.Combine(_staging, workspace);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <inheritdoc/>
    public long MeasureWorkspace(string workspace) =>
        new DirectoryInfo(Path.Combine(_staging, workspace)) is { Exists: true } directory ? directory.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;

    /// <inheritdoc/>
    public IReadOnlyList<(string Workspace, DateTimeOffset LastUsed)> ListWorkspaces() =>
    [
        .. new DirectoryInfo(_staging).EnumerateDirectories().Select(workspace =>
            (workspace.Name, (DateTimeOffset)workspace.EnumerateFiles().Append<FileSystemInfo>(workspace).Max(file => file.LastWriteTimeUtc))),
    ];

    /// <inheritdoc/>
    public PartialFile? OpenPartial(string workspace) => PartialFile.TryOpen(Path.Combine(_staging, workspace));

    /// <inheritdoc/>
    public long FreeBytes => new DriveInfo(_staging).AvailableFreeSpace;

    /// <inheritdoc/>
    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <inheritdoc/>
    public Stream OpenRead(string sha256) =>
        new FileStream(GetLocalPath(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);

    /// <inheritdoc/>
    public string GetLocalPath(string sha256) => PathOf(sha256) is var path && File.Exists(path)
        ? path
        : throw new NotFoundException($"The bitstream store lacks the content {sha256}. Restore it from a backup into {path}.");

    /// <inheritdoc/>
    public async Task<bool> VerifyAsync(string sha256, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(sha256)))
        {
            return false;
        }

        await using var content = OpenRead(sha256);
        return Hex(await SHA256.HashDataAsync(content, cancellationToken)) == sha256;
    }

    /// <inheritdoc/>
    public bool Delete(string sha256)
    {
        var path = PathOf(sha256);
        var isThere = File.Exists(path);
        File.Delete(path);
        return isThere;
    }

    private async Task<StagedContent> StageLongAsync(Stream content, string workspace, byte[] buffer, int length, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var path = TemporaryPath(workspace);
        var size = 0L;
        try
        {
            using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
            while (length > 0)
            {
                sha256.AppendData(buffer, 0, length);
                md5.AppendData(buffer, 0, length);
                await RandomAccess.WriteAsync(handle, buffer.AsMemory(0, length), size, cancellationToken);
                size += length;
                length = await content.ReadAtLeastAsync(buffer, WholeInMemory, throwOnEndOfStream: false, cancellationToken);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        return new(new(Hex(sha256.GetHashAndReset()), Hex(md5.GetHashAndReset()), size), path);
    }

    private string PathOf(string sha256)
    {
        // The address may come from a request: nothing but hexadecimal digits ever becomes part of a path.
        if (sha256.Length != 64 || sha256.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            throw new NotFoundException($"\"{sha256}\" is not the address of a content, which is a SHA-256 of 64 lower-case hexadecimal digits.");
        }

        return Path.Combine(_root, sha256[..2], sha256);
    }

    private string TemporaryPath(string workspace)
    {
        var directory = Path.Combine(_staging, workspace);
        Directory.CreateDirectory(directory);
        return Path.Combine(directory, Guid.CreateVersion7().ToString("N"));
    }

    private void SyncFileSystem() => DiskSync.SyncFileSystemOf(Path.Combine(_root, ".sync"));

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
