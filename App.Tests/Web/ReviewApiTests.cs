using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Review;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class ReviewApiTests(RunningPortal portal)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reviews_ListedApprovedAndRejected_DoWhatTheyDoOnThePage()
    {
        var collection = await portal.Domain.AddCollectionAsync("Reviewed over HTTP");
        var (first, second) = (await SubmitAsync(collection.Id, "First"), await SubmitAsync(collection.Id, "Second"));
        using var client = await portal.CreateClientAsync(Role.Administrator);

        var list = await client.GetFromJsonAsync<JsonElement>($"/api/reviews?collection={Uri.EscapeDataString(collection.Handle!.Value)}&size=1", Token);
        var approved = await client.PostAsync($"/api/reviews/{first}/approve", null, Token);
        var rejected = await client.PostAsJsonAsync($"/api/reviews/{second}/reject", new { reason = "No abstract" }, Token);

        Assert.Equal((2, "First", first.ToString()), (list.GetProperty("total").GetInt32(), list.GetProperty("reviews")[0].GetProperty("title").GetString(), list.GetProperty("reviews")[0].GetProperty("item").GetString()));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (approved.StatusCode, rejected.StatusCode));
        await using var db = portal.Domain.OpenDatabase();
        Assert.Equal(ItemState.Archived, (await db.Items.SingleAsync(item => item.Id == first, Token)).State);
        Assert.Equal("No abstract", (await db.ReviewTasks.SingleAsync(task => task.ItemId == second, Token)).Reason);
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync($"/api/reviews/{first}/approve", null, Token)).StatusCode);
    }

    [Fact]
    public async Task Reviews_AskedWrongly_AreRefusedWithTheReason()
    {
        var item = await SubmitAsync((await portal.Domain.AddCollectionAsync("Refused over HTTP")).Id, "Waiting");
        using var client = await portal.CreateClientAsync(Role.Administrator);
        using var user = await portal.CreateClientAsync(Role.User);

        foreach (var (status, answer) in new[]
        {
            (HttpStatusCode.BadRequest, await client.PostAsJsonAsync($"/api/reviews/{item}/reject", new { reason = "\0 " }, Token)),
            (HttpStatusCode.BadRequest, await client.PostAsJsonAsync($"/api/reviews/{item}/reject", new { }, Token)),
            (HttpStatusCode.BadRequest, await client.PostAsync($"/api/reviews/{item}/reject", null, Token)),
            (HttpStatusCode.NotFound, await client.PostAsync($"/api/reviews/{Guid.NewGuid()}/approve", null, Token)),
            (HttpStatusCode.NotFound, await user.PostAsync($"/api/reviews/{item}/approve", null, Token)),
            (HttpStatusCode.NotFound, await client.GetAsync("/api/reviews?collection=1%2F%00", Token)),
        })
        {
            Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }

        Assert.Equal(0, (await user.GetFromJsonAsync<JsonElement>("/api/reviews", Token)).GetProperty("total").GetInt32());
    }

    private async Task<Guid> SubmitAsync(Guid collection, string title)
    {
        await using var db = portal.Domain.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var item = new NewItem { State = ItemState.Workflow, Handle = null, Metadata = [new() { Field = "dc.title", Value = title }], Collections = [collection], Bitstreams = [] };
        await portal.Domain.Get<ItemWriter>().AddAsync(db, [item], Token);
        await portal.Domain.Get<ReviewIntake>().AddAsync(db, [item], 1, notify: false, Token);
        await transaction.CommitAsync(Token);
        return item.Id;
    }
}
