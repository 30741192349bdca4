using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>
/// The order of an item's values across its metadata files, which a package without places loses: read back, the values of <c>dublin_core.xml</c> would
/// come first and those of each further schema after them.
/// </summary>
internal sealed class SafPlaces
{
    private readonly List<int?> _places = [];
    private bool _hasAny;

    /// <summary>The places to write with values, which are sorted by their files; null for each when the files alone keep the order.</summary>
    /// <param name="sorted">Where each value stands in the item, in the order of the files.</param>
    /// <param name="first">How many of them are in the first file, which goes without places: its values fill what is left.</param>
    public static IReadOnlyList<int?> For(IReadOnlyList<int> sorted, int first)
    {
        var isKept = sorted.Zip(sorted.Skip(1), (one, next) => one < next).All(ascends => ascends);
        return [.. sorted.Select((place, i) => isKept || i < first ? (int?)null : place)];
    }

    /// <summary>Takes the place that the next value was read with.</summary>
    public void Add(int? place)
    {
        _places.Add(place);
        _hasAny |= place is not null;
    }

    /// <summary>Puts the values where they belong; those without a place follow one another around the others.</summary>
    public IReadOnlyList<MetadataValue> Order(List<MetadataValue> values)
    {
        if (!_hasAny)
        {
            return values;
        }

        var placed = new Queue<(int Place, MetadataValue Value)>(
            _places.Zip(values).Where(pair => pair.First is not null).Select(pair => (pair.First!.Value, pair.Second)).OrderBy(pair => pair.Value));
        var others = new Queue<MetadataValue>(values.Where((_, i) => _places[i] is null));
        var ordered = new List<MetadataValue>(values.Count);
        while (ordered.Count < values.Count)
        {
            var isTurnOfPlaced = placed.TryPeek(out var next) && (next.Place <= ordered.Count || others.Count == 0);
            ordered.Add(isTurnOfPlaced ? placed.Dequeue().Value : others.Dequeue());
        }

        return ordered;
    }
}
