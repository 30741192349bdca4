using AdminPortal.Domain.Items;
using AdminPortal.Domain.Search;

namespace AdminPortal.Tests.Domain.Search;

/// <summary>A repository of two communities and three collections, for tests that need no database.</summary>
internal static class SearchSamples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly NamedNode Science = new(new("11111111-0000-0000-0000-000000000001"), "123456789/1", "Science", null, false);
    public static readonly NamedNode Physics = new(new("11111111-0000-0000-0000-000000000002"), "123456789/2", "Physics", Science.Id, false);
    public static readonly NamedNode Theses = new(new("22222222-0000-0000-0000-000000000001"), "123456789/11", "Theses & Dissertations", Physics.Id, true);
    public static readonly NamedNode Reports = new(new("22222222-0000-0000-0000-000000000002"), "123456789/12", "Reports of Göttingen", Science.Id, true);
    public static readonly NamedNode Maps = new(new("22222222-0000-0000-0000-000000000003"), null, "Maps", null, true);

    public static CollectionNames Collections { get; } = new([Science, Physics, Theses, Reports, Maps]);

    public static SearchFields Fields { get; } = new(new MetadataFields(
    [
        "dc.title", "dc.contributor.author", "dc.contributor.advisor", "dc.subject", "dc.subject.other", "dc.description.abstract", "dc.description.provenance", "dc.date.issued", "dc.date.available",
        "dc.identifier.uri", "dc.identifier.doi", "dc.identifier.other", "dc.type", "dc.language.iso", "eperson.email", "person.email",
    ]));

    public static BoundQuery Bind(string query) => QueryBinder.Bind(QueryParser.Parse(query), Fields, Collections, Now);

    /// <summary>An archived item of 2020.</summary>
    /// <param name="values">Its values, each as <c>field=text</c>.</param>
    public static IndexedItem Item(params string[] values) => new()
    {
        Id = new("33333333-0000-0000-0000-000000000001"),
        State = ItemState.Archived,
        Discoverable = true,
        Handle = "123456789/42",
        Created = new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Collections = [Theses.Id],
        Values = [.. values.Select(value => new IndexedValue(value[..value.IndexOf('=')], value[(value.IndexOf('=') + 1)..]))],
        Files = [],
    };

    public static bool Matches(this IndexedItem item, string query) => new TermSet(item).Matches(Bind(query).Expression);
}
