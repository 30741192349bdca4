namespace AdminPortal.Domain.Search;

/// <summary>
/// Finds words near each other, as Lucene counts it: shift each word by its place in the query, and what the places where the words stand then differ by,
/// at most, is the distance. So <c>"two rivers"~1</c> allows one word between, and words the other way round are 2 apart.
/// Source: Lucene 8, SloppyPhraseMatcher.
/// </summary>
internal static class Sloppy
{
    public static bool Matches(IReadOnlyList<string> value, IReadOnlyList<string> wanted, int slop)
    {
        return Matches(wanted.Select(word => Enumerable.Range(0, value.Count).Where(at => value[at] == word).ToList()).ToList(), slop);
    }

    /// <summary>Whether words are near each other.</summary>
    /// <param name="places">Where each of them stands.</param>
    /// <param name="slop">How far they may be apart.</param>
    public static bool Matches(List<List<int>> places, int slop)
    {
        if (places.Any(found => found.Count == 0))
        {
            return false;
        }

        // A window of shifted places begins with one of them. Two words that are the same must stand in two places.
        var starts = places.SelectMany((found, shift) => found.Select(at => at - shift)).Distinct();
        return starts.Any(start => Fits(places, start, start + slop));
    }

    // Windows of equal words are equally long, so taking the first free place for each is the best that can be done.
    private static bool Fits(List<List<int>> places, int from, int to)
    {
        var taken = new HashSet<int>();
        for (var shift = 0; shift < places.Count; shift++)
        {
            var place = places[shift].FirstOrDefault(at => at - shift >= from && at - shift <= to && !taken.Contains(at), -1);
            if (place < 0)
            {
                return false;
            }

            taken.Add(place);
        }

        return true;
    }
}
