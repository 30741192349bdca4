using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

/// <summary>Items of entity types, and how they are related.</summary>
public static class RelatedItems
{
    /// <summary>Adds an archived item of an entity type.</summary>
    public static async Task<NewItem> AddEntityAsync(this TestPortal portal, Guid collection, string entity, string title)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var db = portal.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var item = new NewItem
        {
            Handle = (await portal.Get<HandleService>().MintAsync(db, 1, cancellationToken))[0],
            Metadata = [new() { Field = "dc.title", Value = title }, new() { Field = EntityType.Field, Value = entity }],
            Collections = [collection],
            Bitstreams = [],
        };
        await portal.Get<ItemWriter>().AddAsync(db, [item], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return item;
    }

    /// <summary>All relationships, e.g. <c>0 Title of item_000 isAuthorOfPublication Title of item_001 0</c>: left place and title, name, right title and place.</summary>
    public static async Task<IReadOnlyList<string>> ListRelationshipsAsync(this TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        return await db.Relationships
            .Join(db.Items, one => one.LeftId, left => left.Id, (one, left) => new { one, left })
            .Join(db.Items, row => row.one.RightId, right => right.Id, (row, right) => new { row.one, row.left, right })
            .OrderBy(row => row.left.Title).ThenBy(row => row.one.LeftPlace).ThenBy(row => row.right.Title)
            .Select(row => $"{row.one.LeftPlace} {row.left.Title} {row.one.Type!.LeftwardName} {row.right.Title} {row.one.RightPlace}")
            .ToListAsync(TestContext.Current.CancellationToken);
    }
}

/// <summary>Tests that import packages with relationships.</summary>
public abstract class RelationshipImportTests : ImportTests
{
    /// <summary>Runs a process once more.</summary>
    protected async Task<Process> ResumeAsync(long id)
    {
        await using var scope = Portal.AsOperator();
        await scope.Get<ProcessService>().ResumeAsync(id, Token);
        await Portal.Get<ProcessRunner>().RunAsync(id, null, Token);
        return (await scope.Get<ProcessService>().GetAsync(id, Token)).Process;
    }

    /// <summary>What a process found, e.g. <c>item_000 relationships:1 isPartOf: … …</c>: item, file and line, field, message and remedy.</summary>
    protected async Task<IReadOnlyList<string>> ListFindingsAsync(long id)
    {
        await using var db = Portal.OpenDatabase();
        return await db.Findings.Where(finding => finding.ProcessId == id).OrderBy(finding => finding.Item).ThenBy(finding => finding.Line)
            .Select(finding => $"{finding.Item} {finding.File}:{finding.Line} {finding.Field}: {finding.Message} {finding.Remedy}").ToListAsync(Token);
    }

    /// <summary>How many items there are.</summary>
    protected async Task<int> CountItemsAsync()
    {
        await using var db = Portal.OpenDatabase();
        return await db.Items.CountAsync(Token);
    }

    /// <summary>How many relationships are still to be made.</summary>
    protected async Task<int> CountPendingAsync()
    {
        await using var db = Portal.OpenDatabase();
        return await db.PendingRelationships.CountAsync(Token);
    }
}
