using System.Globalization;
using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Tests.Support;

/// <summary>Makes items that try the package format: the same ones for the same seed, with names and values that nobody would choose.</summary>
public sealed class RandomItems(TestPortal portal, Collection collection, int seed)
{
    private static readonly string[] _fragments =
    [
        "river", "Über", "e\u0301", "日本", "😀", " ", "  ", "\u00A0", "\u2028", "\t", "\n", "\r\n", "\r", "%", "%41", "&", "&amp;", "<b>", "]]>", "<!--", "\"", "'",
        "\u0001", "\u001B", "\u007F", "\u0085", "\uFEFF", "\uFFFE", "\\t", "\\", "/", "..", ".", ":", "bundle:", "-r 'x'", "contents", "none", "today",
    ];

    private static readonly string[] _names =
    [
        "a.pdf", "A.pdf", "a.PDF", "scan.jpg", "contents", "Contents", "dublin_core.xml", "metadata_dcterms.xml", "metadata_xxml", "handle", "collections", "relationships",
        "license.txt", ".DS_Store", "Thumbs.db", "._a.pdf", "..", ".", "../../evil", "/etc/passwd", "C:\\x", "c:y", "a/b.pdf", "a_b.pdf", "1_a.pdf", " ", " a ", "-r -s 1 -f x", "-r", "x\tbundle:y",
        "two\nlines.txt", "nul\u0001", "\uFEFFbom", "a\\tbundle:X", "noextension", "ünï.txt", "u\u0308.txt", "😀.png", "%2F", "100%",
    ];

    private static readonly string[] _fields =
        ["dc.title", "dc.title.alternative", "dc.contributor.author", "dc.subject", "dc.identifier.uri", "dc.identifier.other", "dc.description.abstract", "dcterms.spatial", "dcterms.title", "local.note"];

    private static readonly string?[] _languages = [null, null, "en", "en_US", "x<\"&'"];

    private readonly Random _random = new(seed);
    private readonly List<StagedContent> _staged = [];
    private readonly HashSet<string> _stored = [];
    private IReadOnlyList<Group> _groups = [];
    private FormatGuesser? _formats;

    /// <summary>Adds items to the collection.</summary>
    public async Task AddAsync(int count)
    {
        await using (var scope = portal.AsOperator())
        {
            _formats = await scope.Get<FormatRegistry>().GetGuesserAsync(TestContext.Current.CancellationToken);
        }

        _groups = await AddGroupsAsync(portal);
        var items = new List<NewItem>();
        for (var i = 0; i < count; i++)
        {
            items.Add(await CreateAsync($"123456789/{100_000 + i}"));
        }

        await portal.Get<IBitstreamStore>().PublishAsync(_staged, TestContext.Current.CancellationToken);
        await portal.AddItemsAsync(items);
    }

    /// <summary>The groups and fields that the items name; a portal that imports them needs these too.</summary>
    public static async Task<IReadOnlyList<Group>> AddGroupsAsync(TestPortal portal)
    {
        await using var scope = portal.AsOperator();
        var groups = new List<Group>();
        foreach (var name in new[] { "Staff", "O'Brien's", "'quoted'", "tab\tbed", "50%" })
        {
            groups.Add(await scope.Get<GroupService>().CreateAsync(name, TestContext.Current.CancellationToken));
        }

        await scope.Get<MetadataRegistry>().AddFieldAsync("local.note", null, TestContext.Current.CancellationToken);
        return groups;
    }

    private async Task<NewItem> CreateAsync(string handle)
    {
        var id = OrderedId.Next();
        var files = new List<Bitstream>();
        var sequence = 0;
        for (var i = _random.Next(6); i > 0; i--)
        {
            files.Add(await CreateAsync(id, sequence += _random.Next(1, 3)));
        }

        return new NewItem
        {
            Id = id,
            Handle = handle,
            Collections = [collection.Id],
            Discoverable = _random.Next(5) > 0,
            Policies = Policies(id, null),
            Metadata = Metadata(handle),
            Bitstreams = files,
        };
    }

    private async Task<Bitstream> CreateAsync(Guid itemId, int sequence)
    {
        var bytes = new byte[_random.Next(3) switch { 0 => 0, 1 => _random.Next(100), _ => _random.Next(20_000) }];
        if (_random.Next(2) == 0)
        {
            _random.NextBytes(bytes);
        }

        var staged = await portal.Get<IBitstreamStore>().StageAsync(new MemoryStream(bytes), "test", TestContext.Current.CancellationToken);
        var content = staged.Content;
        if (_stored.Add(content.Sha256))
        {
            _staged.Add(staged);
        }

        var (id, name) = (OrderedId.Next(), _random.Next(4) == 0 ? Text() : Pick(_names));
        return new Bitstream
        {
            Id = id,
            ItemId = itemId,
            Sequence = sequence,
            Name = name.Length == 0 ? "x" : name,
            Bundle = _random.Next(8) == 0 ? Text() + "B" : Pick(["ORIGINAL", "ORIGINAL", "LICENSE", "TEXT"]),
            Description = _random.Next(3) switch { 0 => null, 1 => "Accepted manuscript", _ => Text() },
            Primary = sequence == 1, // at most one in a bundle
            Size = content.Size,
            Md5 = content.Md5,
            Sha256 = content.Sha256,
            FormatId = _formats!.Guess(name)?.Id,
            Metadata = FileMetadata(),
            Policies = [.. Policies(null, id)],
        };
    }

    // As an archived item has them: its own handle among the identifiers, and what was noted on its arrival.
    private List<MetadataValue> Metadata(string handle)
    {
        var values = new List<MetadataValue>
        {
            new() { Field = "dc.identifier.uri", Value = $"https://hdl.handle.net/{handle}" },
            new() { Field = "dc.date.accessioned", Value = new DateTime(2001, 2, 3, 4, 5, 6).AddSeconds(2 * _random.Next(100_000_000)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) },
            new() { Field = "dc.date.available", Value = "2020" },
            new() { Field = "dc.description.provenance", Value = "Made\nfor tests", Language = "en" },
            new() { Field = "dc.date.issued", Value = "1990" },
        };
        for (var i = _random.Next(12); i > 0; i--)
        {
            var isControlled = _random.Next(4) == 0;
            values.Insert(_random.Next(values.Count + 1), new MetadataValue
            {
                Field = Pick(_fields),
                Value = Text(),
                Language = Pick(_languages),
                Authority = isControlled ? "0000-0002<&\">" : null,
                Confidence = isControlled ? _random.Next(-1, 601) : null,
            });
        }

        return values;
    }

    private List<MetadataValue> FileMetadata() => _random.Next(8) switch
    {
        0 => [new() { Field = "iiif.label", Value = "Page 1" }, new() { Field = "iiif.image.width", Value = "640" }],
        1 => [new() { Field = "iiif.label", Value = Text() }, new() { Field = "iiif.label", Value = "twice", Language = "en" }, new() { Field = "iiif.image.height", Value = "007" }],
        2 => [new() { Field = "dc.title", Value = "Of the file" }],
        _ => [],
    };

    private List<Policy> Policies(Guid? itemId, Guid? bitstreamId) => _random.Next(4) > 0 ? [] :
    [
        .. _groups.Where(_ => _random.Next(3) == 0).Select(group => new Policy { Action = _random.Next(2) == 0 ? PolicyAction.Read : PolicyAction.Write, GroupId = group.Id, ItemId = itemId, BitstreamId = bitstreamId }),
    ];

    private string Text()
    {
        var text = new StringBuilder();
        for (var i = _random.Next(6); i > 0; i--)
        {
            text.Append(Pick(_fragments));
        }

        return text.ToString();
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
