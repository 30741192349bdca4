namespace AdminPortal.Domain.Oai.Conformance;

/// <summary>What the rules of one check share: the probe, what the repository says of itself, and the lists, each read once.</summary>
internal sealed class ConformanceRun(OaiProbe probe, Uri baseUrl, RepositoryFacts facts, ConformanceOptions options, TimeProvider clock)
{
    private readonly Dictionary<string, SeenList> _lists = [];
    private readonly Dictionary<string, IReadOnlyList<string>?> _formatsOf = [];
    private ProbeAnswer? _formats, _sets;
    private IReadOnlyList<string>? _setSpecs;

    public OaiProbe Probe => probe;

    public string BaseUrl => baseUrl.AbsoluteUri;

    public RepositoryFacts Facts => facts;

    public ConformanceOptions Options => options;

    public TimeProvider Clock => clock;

    /// <summary>The lists read so far.</summary>
    public IEnumerable<SeenList> Lists => _lists.Values;

    /// <summary>The list of everything, as headers.</summary>
    public Task<SeenList> HeadersAsync(CancellationToken cancellationToken) => ListAsync(RawQuery.Of("ListIdentifiers", ("metadataPrefix", OaiNames.DublinCorePrefix)), cancellationToken);

    /// <summary>The list of everything, as records.</summary>
    public Task<SeenList> RecordsAsync(CancellationToken cancellationToken) => ListAsync(RawQuery.Of("ListRecords", ("metadataPrefix", OaiNames.DublinCorePrefix)), cancellationToken);

    public async Task<SeenList> ListAsync(string arguments, CancellationToken cancellationToken)
    {
        if (!_lists.TryGetValue(arguments, out var list))
        {
            list = await SeenList.ReadAsync(probe, arguments, options, cancellationToken);
            _lists[arguments] = list;
        }

        return list;
    }

    /// <summary>The answer that lists the formats.</summary>
    public async Task<ProbeAnswer> FormatsAnswerAsync(CancellationToken cancellationToken) =>
        _formats ??= await probe.SendAsync(ProbeRequest.Get("verb=ListMetadataFormats"), cancellationToken);

    /// <summary>The formats of the repository.</summary>
    public async Task<IReadOnlyList<SeenFormat>> FormatsAsync(CancellationToken cancellationToken) => SeenFormat.Read(await FormatsAnswerAsync(cancellationToken));

    /// <summary>The formats of the repository that are harvested one by one.</summary>
    public async Task<IReadOnlyList<string>> PrefixesAsync(CancellationToken cancellationToken) =>
        [.. (await FormatsAsync(cancellationToken)).Select(format => format.Prefix).Distinct().Take(options.MostLists)];

    /// <summary>The formats of an item; null when it has none to list.</summary>
    public async Task<IReadOnlyList<string>?> FormatsOfAsync(string identifier, CancellationToken cancellationToken)
    {
        if (!_formatsOf.TryGetValue(identifier, out var formats))
        {
            var answer = await probe.SendAsync(ProbeRequest.Get(RawQuery.Of("ListMetadataFormats", ("identifier", identifier))), cancellationToken);
            formats = answer.Answer("ListMetadataFormats") is null ? null : [.. SeenFormat.Read(answer).Select(format => format.Prefix)];
            _formatsOf[identifier] = formats;
        }

        return formats;
    }

    /// <summary>The first page of the sets.</summary>
    public async Task<ProbeAnswer> SetsAnswerAsync(CancellationToken cancellationToken) => _sets ??= await probe.SendAsync(ProbeRequest.Get("verb=ListSets"), cancellationToken);

    /// <summary>Whether the repository has no sets.</summary>
    public async Task<bool> HasNoSetsAsync(CancellationToken cancellationToken) => (await SetsAnswerAsync(cancellationToken)).ErrorCodes.Contains("noSetHierarchy");

    /// <summary>The setSpecs of all pages of ListSets.</summary>
    public async Task<IReadOnlyList<string>> SetSpecsAsync(CancellationToken cancellationToken) => _setSpecs ??= await ReadSetSpecsAsync(cancellationToken);

    /// <summary>Sets to harvest one by one: those that headers show first, each before its ancestors, then others.</summary>
    public async Task<IReadOnlyList<string>> SampleSetsAsync(CancellationToken cancellationToken)
    {
        var listed = await SetSpecsAsync(cancellationToken);
        var shown = (await HeadersAsync(cancellationToken)).Headers.SelectMany(header => header.Sets).Distinct();
        var wanted = shown.Take(options.MostLists / 2).SelectMany(set => SetSpec.Above(set).Prepend(set));
        return [.. wanted.Where(listed.Contains).Concat(listed).Distinct().Take(options.MostLists)];
    }

    /// <summary>Some live records: the first, the last and others between them.</summary>
    public async Task<IReadOnlyList<SeenHeader>> SamplesAsync(CancellationToken cancellationToken)
    {
        SeenHeader[] live = [.. (await HeadersAsync(cancellationToken)).Live.Where(header => header.Identifier.Length > 0)];
        return [.. Spread(live.Length, options.Samples).Select(place => live[place])];
    }

    /// <summary>All datestamps of the full list, once each, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> DatestampsAsync(CancellationToken cancellationToken) =>
        [.. (await HeadersAsync(cancellationToken)).Headers.Select(header => header.Datestamp).Where(text => Datestamp.Has(text, facts.IsSeconds)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Some places from 0 to a length, the first and the last among them.</summary>
    public static IEnumerable<int> Spread(int length, int count) =>
        length == 0 ? [] : Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)((long)i * (length - 1) / (count - 1))).Distinct();

    private async Task<IReadOnlyList<string>> ReadSetSpecsAsync(CancellationToken cancellationToken)
    {
        List<string> specs = [];
        var answer = await SetsAnswerAsync(cancellationToken);
        for (var page = 1; answer.Answer("ListSets") is { } sets; page++)
        {
            specs.AddRange(sets.Elements(OaiNames.Oai + "set").Select(set => (string?)set.Element(OaiNames.Oai + "setSpec") ?? ""));
            if ((string?)sets.Element(OaiNames.Oai + "resumptionToken") is not { Length: > 0 } token || page == options.MostPages)
            {
                break;
            }

            answer = await probe.SendAsync(ProbeRequest.Get(RawQuery.Of("ListSets", ("resumptionToken", token))), cancellationToken);
        }

        return specs;
    }
}
