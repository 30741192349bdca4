using System.Diagnostics;
using AdminPortal.Domain.Data;

namespace AdminPortal.Tests.Domain.Data;

public sealed class FileLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adminportal-tests-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "some.lock");

    [Fact]
    public void TryShared_OthersShare_GetsItAndKeepsOutWhoWantsItAlone()
    {
        using var first = FileLock.TryShared(Path);
        using var second = FileLock.TryShared(Path);

        Assert.NotNull(second);
        Assert.Null(FileLock.TryExclusive(Path));
    }

    [Fact]
    public void TryExclusive_Free_KeepsOutEverybodyUntilDisposed()
    {
        var first = FileLock.TryExclusive(Path);
        Assert.Null(FileLock.TryShared(Path));
        Assert.Null(FileLock.TryExclusive(Path));

        first!.Dispose();

        using var second = FileLock.TryExclusive(Path);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task ExclusiveAsync_HolderLeaves_GetsIt()
    {
        var first = FileLock.TryShared(Path);
        var second = FileLock.ExclusiveAsync(Path, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);

        first!.Dispose();

        (await second).Dispose();
    }

    // flock(1) shows that these are the kernel's locks, seen by other programs and gone with a killed one.
    [Fact]
    public async Task TryExclusive_HolderIsKilled_GetsIt()
    {
        using var holder = Process.Start(new ProcessStartInfo("flock", ["--shared", "--no-fork", Path, "sleep", "60"]))!;
        while (FileLock.TryExclusive(Path) is { } early)
        {
            early.Dispose();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        holder.Kill();

        using var taken = await FileLock.ExclusiveAsync(Path, TestContext.Current.CancellationToken);
        Assert.NotNull(taken);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
