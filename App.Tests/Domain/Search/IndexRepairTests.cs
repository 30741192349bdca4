using AdminPortal.Domain.Common;
using AdminPortal.Domain.Search;
using AdminPortal.Tests.Support;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>An index that is gone, damaged or out of date is built anew from the database.</summary>
public sealed class IndexRepairTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("no folder")]
    [InlineData("no file")]
    [InlineData("no pointer")]
    [InlineData("empty pointer")]
    [InlineData("garbage")]
    [InlineData("garbage at the beginning")]
    [InlineData("empty file")]
    [InlineData("half a file")]
    [InlineData("other version")]
    public async Task FollowAsync_IndexThatCannotBeUsed_IsBuiltAnew(string what)
    {
        await using var portal = await TestPortal.CreateAsync();
        await AddAsync(portal);
        string before;
        await using (var node = new IndexNode(portal))
        {
            Assert.Equal("lake, river", await node.FindAsync("*:*"));
            before = node.Index.CurrentName;
            Spoil(node, what);
        }

        await using var next = new IndexNode(portal);
        next.Follow();
        await WaitAsync(() => next.Index.CurrentName is { Length: > 0 } name && name != before);

        Assert.Equal("river", await next.FindAsync("title:river"));
        Assert.Equal((IndexState.Ready, 2, false), next.Index.GetStatus() is var status ? (status.State, status.Items, status.IsOutdated) : default);
        Assert.Equal([$"{next.Index.CurrentName}.db"], Directory.GetFiles(next.Folder, "*.db").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("no file")]
    [InlineData("no pointer")]
    public async Task FollowAsync_IndexThatVanishesMeanwhile_IsBuiltAnew(string what)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var node = await FollowAsync(portal);
        var before = node.Index.CurrentName;

        Spoil(node, what);
        await WaitAsync(() => node.Index.CurrentName is { Length: > 0 } name && name != before && node.Index.GetStatus().State == IndexState.Ready);

        Assert.Equal("river", await node.FindAsync("title:river"));
    }

    [Theory]
    [InlineData("terms")]
    [InlineData("postings")]
    [InlineData("places")]
    public async Task FollowAsync_IndexThatSomebodyFindsDamaged_IsBuiltAnew(string part)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var node = await FollowAsync(portal);
        var before = node.Index.CurrentName;
        using (var connection = node.Index.Current()!.Open(SqliteOpenMode.ReadWrite))
        {
            IndexFile.Execute(connection, $"UPDATE block SET {part} = CAST(x'ff' || substr({part}, 2) AS BLOB)");
        }

        // Words side by side: only these are asked for their places.
        var refusal = await Assert.ThrowsAsync<UnavailableException>(() => node.FindAsync("\"river river\" OR title:river*"));
        await WaitAsync(() => node.Index.CurrentName is { Length: > 0 } name && name != before);

        Assert.Contains("builds it anew", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("river", await node.FindAsync("title:river"));
    }

    [Fact]
    public async Task FollowAsync_OutdatedIndex_AnswersUntilTheNewOneIsThere()
    {
        await using var portal = await TestPortal.CreateAsync();
        await AddAsync(portal);
        await using var node = new IndexNode(portal);
        await node.FindAsync("*:*");
        SetVersion(node, "0.0");

        var outdated = node.Index.GetStatus();
        using var reader = node.Index.Read()!;
        await node.FindAsync("*:*");
        await portal.AddItemAsync("sea", []);

        Assert.Equal(("0.0", true), (outdated.Version, outdated.IsOutdated));
        Assert.Equal("sea", await node.FindAsync("title:sea"));
        node.Follow();
        await WaitAsync(() => !node.Index.GetStatus().IsOutdated);
        Assert.Equal("lake, river, sea", await node.FindAsync("*:*"));
        Assert.Equal(2, reader.Count(SearchSamples.Bind("*:*").Expression));
    }

    [Fact]
    public async Task RebuildAsync_WhileAnotherNodeFollows_IsDoneThere()
    {
        await using var portal = await TestPortal.CreateAsync();
        await AddAsync(portal);
        await using var keeper = new IndexNode(portal);
        await using var other = new IndexNode(portal);
        keeper.Follow();
        Assert.Equal("lake, river", await other.FindAsync("*:*"));
        var before = other.Index.CurrentName;

        await other.Follower.RebuildAsync(new Progress<long>(), Token);
        await portal.AddItemAsync("sea", []);

        Assert.NotEqual(before, keeper.Index.CurrentName);
        Assert.Equal("lake, river, sea", await keeper.FindAsync("*:*"));
        Assert.Equal("lake, river, sea", await other.FindAsync("*:*"));
        Assert.False(keeper.Index.IsRebuildAskedFor);
    }

    [Fact]
    public async Task RebuildAsync_NobodyFollows_IsDoneHere()
    {
        await using var portal = await TestPortal.CreateAsync();
        await AddAsync(portal);
        await using var node = new IndexNode(portal);

        await node.Follower.RebuildAsync(new Progress<long>(), Token);
        var first = node.Index.CurrentName;
        await node.Follower.RebuildAsync(new Progress<long>(), Token);

        Assert.NotEqual(first, node.Index.CurrentName);
        Assert.Equal("lake, river", await node.FindAsync("*:*"));
        Assert.False(node.Index.IsRebuildAskedFor);
    }

    private static async Task<IndexNode> FollowAsync(TestPortal portal)
    {
        await AddAsync(portal);
        var node = new IndexNode(portal);
        node.Follow();
        Assert.Equal("lake, river", await node.FindAsync("*:*"));
        return node;
    }

    private static async Task AddAsync(TestPortal portal)
    {
        await portal.AddItemAsync("river", []);
        await portal.AddItemAsync("lake", []);
    }

    private static void Spoil(IndexNode node, string what)
    {
        var file = node.File;
        if (what is "garbage" or "garbage at the beginning" or "empty file" or "half a file")
        {
            // As after a crash: nobody has the file open, and all of it is in the file.
            node.Index.Current()!.Close();
        }

        switch (what)
        {
            case "no folder":
                Directory.Delete(node.Folder, recursive: true);
                break;
            case "no file":
                File.Delete(file);
                break;
            case "no pointer":
                File.Delete(Path.Combine(node.Folder, "current"));
                break;
            case "empty pointer":
                File.WriteAllText(Path.Combine(node.Folder, "current"), "");
                break;
            case "garbage":
                var bytes = new byte[new FileInfo(file).Length];
                new Random(1).NextBytes(bytes);
                File.WriteAllBytes(file, bytes);
                break;
            case "garbage at the beginning":
                using (var stream = File.OpenWrite(file))
                {
                    stream.Write("This is no database."u8);
                }

                break;
            case "empty file":
                File.WriteAllText(file, "");
                break;
            case "half a file":
                using (var stream = File.OpenWrite(file))
                {
                    stream.SetLength(stream.Length / 2);
                }

                break;
            default:
                SetVersion(node, "0.0");
                break;
        }
    }

    private static void SetVersion(IndexNode node, string version)
    {
        using var connection = node.Index.Current()!.Open(SqliteOpenMode.ReadWrite);
        IndexFile.SetState(connection, "version", version);
    }

    private static async Task WaitAsync(Func<bool> isSo)
    {
        for (var patience = 0; patience < 500; patience++)
        {
            try
            {
                if (isSo())
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is SqliteException or IOException)
            {
                // It is being repaired.
            }

            await Task.Delay(20, Token);
        }

        Assert.Fail("It does not happen.");
    }
}
