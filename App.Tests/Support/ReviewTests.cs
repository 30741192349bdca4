using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Review;

namespace AdminPortal.Tests.Support;

/// <summary>Tests of review: a collection that two people with the role User review, and a curator who submits.</summary>
public abstract class ReviewTests : IAsyncLifetime
{
    private TestPortal? _portal;
    private Collection? _collection;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected TestPortal Portal => _portal!;

    protected Collection Collection => _collection!;

    /// <summary>The collection's group of reviewers.</summary>
    protected Group Reviewers { get; private set; } = null!;

    /// <summary>A second reviewer, besides the account with the role User.</summary>
    protected EPerson Colleague { get; private set; } = null!;

    protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    public async ValueTask InitializeAsync()
    {
        _portal = await TestPortal.CreateAsync(Settings);
        _collection = await _portal.AddCollectionAsync("Theses");
        await using var scope = Portal.AsOperator();
        Colleague = await scope.Get<EPersonService>().CreateAsync("colleague@example.org", Role.User, TestPortal.Password, Token);
        Reviewers = await scope.Get<GroupService>().CreateAsync("Reviewers of theses", Token);
        await scope.Get<GroupService>().AddMemberAsync(Reviewers.Id, TestPortal.EmailOf(Role.User), Token);
        await scope.Get<GroupService>().AddMemberAsync(Reviewers.Id, Colleague.Email!, Token);
        await scope.Get<CollectionSettingsService>().SetReviewersAsync(_collection.Id, Reviewers.Id, Token);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Has an item of the curator's wait for review, as an import does.</summary>
    protected async Task<NewItem> SubmitAsync(string title, string? wishedHandle = null, bool notify = false, long process = 1, Guid? collection = null, params IReadOnlyList<MetadataValue> more)
    {
        await using var db = Portal.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var id = OrderedId.Next();
        var item = new NewItem
        {
            Id = id,
            SubmitterId = TestPortal.IdOf(Role.Curator),
            State = ItemState.Workflow,
            Handle = null,
            WishedHandle = wishedHandle,
            Metadata = [new() { Field = "dc.title", Value = title }, .. more],
            Collections = [collection ?? Collection.Id],
            Bitstreams = [await Portal.StoreAsync(id, "text")],
        };
        await Portal.Get<ItemWriter>().AddAsync(db, [item], Token);
        await Portal.Get<ReviewIntake>().AddAsync(db, [item], process, notify, Token);
        await transaction.CommitAsync(Token);
        return item;
    }

    /// <summary>The item as an administrator sees it.</summary>
    protected async Task<Item> ReadAsync(Guid id)
    {
        await using var scope = Portal.AsOperator();
        return await scope.Get<ItemService>().GetAsync(id.ToString(), Token);
    }

    /// <summary>What people did to the item, oldest first: who, what and why.</summary>
    protected async Task<IEnumerable<(string By, string Action, string? Reason)>> ReadEventsAsync(Guid id)
    {
        await using var scope = Portal.AsOperator();
        return (await scope.Get<ItemService>().GetEventsAsync(id, Token)).Reverse().Select(happening => (happening.By, happening.Action, happening.Reason));
    }
}
