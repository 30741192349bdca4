using AdminPortal.Domain.Data;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Mail;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Review;

/// <summary>Tells people by mail what review is about to ask of them, or has decided. The mails are saved with what they tell of.</summary>
public sealed class ReviewMails(MailOutbox outbox)
{
    // A mail names so many items; the page has them all.
    private const int MostNamed = 20;

    /// <summary>Tells a collection's reviewers that items wait for them.</summary>
    /// <param name="db">The context that saves the mails.</param>
    /// <param name="collectionId">The collection.</param>
    /// <param name="count">How many items.</param>
    /// <param name="title">The title of the one item, or of one of them.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task AnnounceAsync(PortalDb db, Guid collectionId, int count, string? title, CancellationToken cancellationToken)
    {
        if (!outbox.IsOn)
        {
            return;
        }

        var collection = await db.Collections.AsNoTracking().Where(collection => collection.Id == collectionId)
            .Select(collection => new
            {
                collection.Name,
                collection.Handle!.Value,
                Reviewers = db.Groups.Where(group => group.Id == collection.ReviewerGroupId).SelectMany(group => group.Members).Select(member => member.Email!).ToList(),
            })
            .SingleAsync(cancellationToken);
        var what = count == 1 ? $"“{title ?? "Untitled"}” waits" : $"{count:N0} items wait";
        foreach (var reviewer in collection.Reviewers)
        {
            outbox.Add(
                db, reviewer, $"{what} for review in {collection.Name}",
                Lines($"{what} for review in the collection {collection.Name}.", outbox.Link($"/reviews?collection={Uri.EscapeDataString(collection.Value)}"), "You get this mail because you review this collection."));
        }
    }

    /// <summary>Tells submitters that items are archived, each once. The last of an item's identifiers is its handle.</summary>
    public Task TellApprovedAsync(PortalDb db, IReadOnlyCollection<Item> items, CancellationToken cancellationToken) => TellAsync(
        db, items,
        own => (
            own is [var only] ? $"Approved: {Title(only)}" : $"{own.Count} of your submissions are approved",
            Lines(
                own.Count == 1 ? "Your submission was approved and is in the repository now:" : $"{own.Count} of your submissions were approved and are in the repository now:",
                Name(own, item => item.Metadata.LastOrDefault(value => value.Field == "dc.identifier.uri")?.Value))),
        cancellationToken);

    /// <summary>Tells submitters that items were given back to them, each once.</summary>
    public Task TellRejectedAsync(PortalDb db, IReadOnlyCollection<Item> items, string reason, CancellationToken cancellationToken) => TellAsync(
        db, items,
        own => (
            own is [var only] ? $"Rejected: {Title(only)}" : $"{own.Count} of your submissions are rejected",
            Lines(
                own.Count == 1 ? "Your submission was not approved:" : $"{own.Count} of your submissions were not approved:",
                Name(own, _ => null),
                $"The reviewer says:\n\n{reason}",
                outbox.Link("/submissions") is { } link ? $"You can change and submit it again: {link}" : "You can change and submit it again on the page My submissions.")),
        cancellationToken);

    private async Task TellAsync(PortalDb db, IReadOnlyCollection<Item> items, Func<IReadOnlyList<Item>, (string Subject, string Text)> write, CancellationToken cancellationToken)
    {
        if (!outbox.IsOn)
        {
            return;
        }

        var ids = items.Select(item => item.SubmitterId).OfType<Guid>().Distinct().ToList();
        var addresses = await db.Users.AsNoTracking().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Email!, cancellationToken);
        foreach (var own in items.Where(item => item.SubmitterId is not null).GroupBy(item => item.SubmitterId!.Value))
        {
            var (subject, text) = write([.. own]);
            outbox.Add(db, addresses[own.Key], subject, text);
        }
    }

    private static string Name(IReadOnlyList<Item> items, Func<Item, string?> link)
    {
        var lines = items.Take(MostNamed).Select(item => link(item) is { } address ? $"{Title(item)}\n{address}" : Title(item));
        return string.Join(items.Count == 1 ? "\n" : "\n\n", items.Count > MostNamed ? lines.Append($"and {items.Count - MostNamed} more.") : lines);
    }

    private static string Title(Item item) => item.Title ?? "Untitled";

    private static string Lines(params IEnumerable<string?> paragraphs) => string.Join("\n\n", paragraphs.OfType<string>()) + "\n";
}
