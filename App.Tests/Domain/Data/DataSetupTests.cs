using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Domain.Data;

public sealed class DataSetupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PrepareDatabaseAsync_TwoNodesAtOnce_MakesEverythingOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var one = Node(database.ConnectionString);
        await using var other = Node(database.ConnectionString);

        await Task.WhenAll(one.PrepareDatabaseAsync(unlessDone: false, Token), other.PrepareDatabaseAsync(unlessDone: false, Token));
        await one.PrepareDatabaseAsync(unlessDone: false, Token);

        await using var db = await one.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Token);
        Assert.Equal(["Administrator", "Anonymous"], await db.Groups.Select(group => group.Name).OrderBy(name => name).ToListAsync(Token));
        Assert.Equal(DefaultRegistry.Schemas.Count, await db.MetadataSchemas.CountAsync(Token));
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Token));
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task PrepareDatabaseAsync_UnlessDone_LooksOnlyTheFirstTime()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var node = Node(database.ConnectionString);
        await node.PrepareDatabaseAsync(unlessDone: true, Token);
        await using var db = await node.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Token);
        await db.Groups.ExecuteDeleteAsync(Token);

        await node.PrepareDatabaseAsync(unlessDone: true, Token);
        var trusted = await db.Groups.CountAsync(Token);
        await node.PrepareDatabaseAsync(unlessDone: false, Token);

        Assert.Equal((0, 2), (trusted, await db.Groups.CountAsync(Token)));
    }

    [Fact]
    public void AddPortalDatabase_NoConnectionString_SaysWhatToSet()
    {
        var refusal = Assert.Throws<PortalException>(() => new ServiceCollection().AddPortalDatabase(new ConfigurationBuilder().Build()));

        Assert.Contains("ConnectionStrings__Portal", refusal.Message);
    }

    [Fact]
    public async Task ItemChange_AddedByEntityOrBySql_GetsTheTransactionThatAddedIt()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var db = portal.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        db.ItemChanges.Add(new ItemChange { ItemId = Guid.NewGuid() });
        await db.SaveChangesAsync(Token);
        await db.Database.ExecuteSqlAsync($"INSERT INTO item_change (item_id) VALUES ({Guid.NewGuid()})", Token);
        var current = await db.Database.SqlQuery<decimal>($"""SELECT pg_current_xact_id()::text::numeric AS "Value" """).SingleAsync(Token);
        await transaction.CommitAsync(Token);

        var rows = await db.ItemChanges.AsNoTracking().OrderBy(change => change.Position).ToListAsync(Token);

        Assert.Equal([(ulong)current, (ulong)current], rows.Select(change => change.Transaction));
    }

    private static ServiceProvider Node(string connectionString)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Portal", connectionString)]).Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddPortalDatabase(configuration).AddEPeople().AddItems().BuildServiceProvider();
    }
}
