namespace AdminPortal.Domain.Search;

/// <summary>Counts the values, as a whole, of the items of a set.</summary>
internal static class WholeValues
{
    // So many items are read one by one; of more, the values that are frequent in the whole index and in these are counted.
    private const int FewItems = 2000;
    private const int FrequentValues = 300;

    /// <summary>The most frequent values.</summary>
    /// <param name="found">The items.</param>
    /// <param name="facet">Which values, e.g. <c>author</c>.</param>
    /// <param name="most">How many.</param>
    /// <param name="read">Reads an item.</param>
    /// <param name="frequent">The most frequent words of a field of the index.</param>
    /// <param name="lookUp">Finds the documents of a leaf.</param>
    public static IReadOnlyList<(string Text, long Items)> Count(
        PostingSet found, string facet, int most, Func<int, IndexedItem?> read, Func<string, int, IReadOnlyList<(string Word, long Items)>> frequent, Func<IndexLeaf, PostingSet> lookUp)
    {
        var texts = new Dictionary<string, (string Text, long Items)>(StringComparer.Ordinal);
        foreach (var item in found.Numbers().Take(FewItems).Select(read).OfType<IndexedItem>())
        {
            foreach (var text in Of(item, facet).DistinctBy(ItemTerms.Whole))
            {
                var word = ItemTerms.Whole(text);
                texts[word] = texts.TryGetValue(word, out var known) ? known with { Items = known.Items + 1 } : (text, 1);
            }
        }

        if (found.Count <= FewItems)
        {
            return [.. Top(texts.Values, most)];
        }

        var field = IndexFields.Whole + facet;
        var candidates = frequent(field, FrequentValues).Select(value => value.Word).Union(texts.OrderByDescending(pair => pair.Value.Items).Take(FrequentValues).Select(pair => pair.Key));
        var counted = candidates.Select(word => (Word: word, Set: lookUp(new WordsLeaf(field, word, 0)).And(found))).OrderByDescending(value => value.Set.Count).Take(most);
        return [.. Top(counted.Where(value => value.Set.Count > 0).Select(value => (texts.TryGetValue(value.Word, out var known) ? known.Text : TextOf(value.Word, read(value.Set.Numbers().First())), (long)value.Set.Count)), most)];

        string TextOf(string word, IndexedItem? item) => item is null ? word : Of(item, facet).FirstOrDefault(text => ItemTerms.Whole(text) == word) ?? word;
    }

    private static IEnumerable<string> Of(IndexedItem item, string facet) =>
        item.Values.Where(value => FieldTypes.Facets.TryGetValue(value.Field, out var of) && of == facet && ItemTerms.Whole(value.Text).Length > 0).Select(value => value.Text);

    private static IEnumerable<(string Text, long Items)> Top(IEnumerable<(string Text, long Items)> values, int most) =>
        values.OrderByDescending(value => value.Items).ThenBy(value => value.Text, StringComparer.Ordinal).Take(most);
}
