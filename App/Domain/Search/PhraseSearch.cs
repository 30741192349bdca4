using System.Runtime.CompilerServices;

namespace AdminPortal.Domain.Search;

/// <summary>Finds the documents in which words stand side by side or near each other, by the places where each stands.</summary>
internal static class PhraseSearch
{
    /// <summary>The documents in which words follow each other.</summary>
    /// <param name="words">Where each word stands, in the order of the words; they are looked up one by one, until nothing is left.</param>
    /// <param name="size">One more than the largest number of a document.</param>
    public static PostingSet Adjacent(IEnumerable<PlaceList> words, int size)
    {
        var (found, shift) = (default(PlaceList), 0);
        foreach (var word in words)
        {
            found = found is null ? word : Follow(found.Places, word.Places, shift);
            shift++;
            if (found.Count == 0)
            {
                break;
            }
        }

        return found!.Documents(size);
    }

    /// <summary>The documents in which words may stand as near each other as is asked for; in some of them not within one value.</summary>
    public static PostingSet Near(WordsLeaf leaf, Func<string, PlaceList> lookUp, int size)
    {
        var words = leaf.Words.Select(lookUp).ToList();
        var together = words.Select(word => word.Documents(size)).Aggregate((one, other) => one.And(other));
        var starts = new int[words.Count];
        return PostingSet.Of([.. together.Numbers().Where(number => Sloppy.Matches([.. words.Select((word, i) => PlacesIn(number, word.Places, ref starts[i]))], leaf.Slop))], size);
    }

    // Documents come in their order, so each search begins where the last one ended.
    private static List<int> PlacesIn(int number, ReadOnlySpan<long> word, ref int start)
    {
        while (PlaceList.DocumentOf(word[start]) < number)
        {
            start++;
        }

        var places = new List<int>();
        for (; start < word.Length && PlaceList.DocumentOf(word[start]) == number; start++)
        {
            places.Add(PlaceList.WithinOf(word[start]));
        }

        return places;
    }

    // Those that another word follows after so many places.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PlaceList Follow(ReadOnlySpan<long> first, ReadOnlySpan<long> second, int shift)
    {
        var (found, at) = (new PlaceList(), 0);
        foreach (var place in first)
        {
            while (at < second.Length && second[at] < place + shift)
            {
                at++;
            }

            if (at < second.Length && second[at] == place + shift)
            {
                found.Add(place);
            }
        }

        return found;
    }
}
