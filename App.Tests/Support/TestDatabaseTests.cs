using Npgsql;

namespace AdminPortal.Tests.Support;

public sealed class TestDatabaseTests
{
    private static int _prepared;

    [Fact]
    public async Task CreateAsync_Prepared_GivesEachCallerItsOwnCopyOfOneTemplate()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestDatabase.CreateAsync(PrepareAsync)));

        var rows = await Task.WhenAll(all.Select(one => AddAndCountAsync(one.ConnectionString)));
        Assert.Equal([2L, 2L, 2L, 2L], rows);
        Assert.Equal(1, _prepared);
        await Task.WhenAll(all.Select(one => one.DisposeAsync().AsTask()));
    }

    private static async Task PrepareAsync(string connectionString, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _prepared);
        await AddAndCountAsync(connectionString, "CREATE TABLE thing (n int);");
    }

    private static async Task<long> AddAndCountAsync(string connectionString, string first = "")
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"{first} INSERT INTO thing VALUES (1); SELECT count(*) FROM thing", connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
