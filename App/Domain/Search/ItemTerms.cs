using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Search;

/// <summary>Words that stand side by side in one value.</summary>
/// <param name="Field">The field of the index; empty for those that are found without naming a field.</param>
/// <param name="Words">The words, in their order.</param>
public readonly record struct TermRun(string Field, WordRun Words)
{
    /// <summary>A run of one word.</summary>
    public TermRun(string field, string word)
        : this(field, WordRun.Of(word))
    {
    }
}

/// <summary>All by which an item is found: every word of a value by itself, under no field, and again under its field; and what stands for dates, numbers and whole values.</summary>
public static class ItemTerms
{
    private const int LongestWhole = 200;

    private static readonly Dictionary<ItemState, string> _status = new()
    {
        [ItemState.Workspace] = "draft",
        [ItemState.Workflow] = "in review",
        [ItemState.Archived] = "published",
        [ItemState.Withdrawn] = "deaccessioned",
    };

    /// <summary>The runs of an item.</summary>
    public static IEnumerable<TermRun> Of(IndexedItem item)
    {
        var has = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (field, text) in item.Values)
        {
            var (type, words) = (FieldTypes.Get(field), Analyzer.Words(text));
            yield return new("", words);
            if (type.Type != SearchType.Date)
            {
                yield return new(type.Name, words);
            }
            else if (DateSpan.Parse(text) is { } date)
            {
                foreach (var run in Dates(type.Name, date))
                {
                    yield return run;
                }
            }

            if (type.Whole is not null)
            {
                yield return new(type.Whole, Whole(text));
            }

            has.Add(type.Name);
        }

        foreach (var run in Own(item))
        {
            yield return run;
            _ = run.Field is IndexFields.Handle or IndexFields.FileName or IndexFields.FileType && has.Add(run.Field);
        }

        yield return new(IndexFields.Has, WordRun.Of(has));
        yield return new(IndexFields.All, IndexFields.All);
    }

    /// <summary>The name of a level of dates in the index, e.g. <c>dc.date.issued@1</c> for months.</summary>
    public static string Level(string field, DatePrecision precision) => $"{field}@{(int)precision}";

    /// <summary>The name of a level of numbers in the index.</summary>
    public static string Level(string field, int bits) => $"{field}@{bits}";

    /// <summary>A value as a whole, as one word.</summary>
    public static string Whole(string text)
    {
        var whole = Analyzer.Whole(text);

        // Words consist of letters and digits, so spaces and signs go to where no letters are.
        return string.Create(Math.Min(whole.Length, LongestWhole), whole, (word, characters) =>
        {
            for (var i = 0; i < word.Length; i++)
            {
                word[i] = char.IsAsciiLetterOrDigit(characters[i]) || characters[i] >= 0x80 ? characters[i] : (char)(0xE000 + characters[i]);
            }
        });
    }

    /// <summary>A value as a whole, as far as its word tells: in small letters and without accents.</summary>
    public static string Unwhole(string word) => string.Concat(word.Select(character => character is >= (char)0xE000 and < (char)0xE080 ? (char)(character - 0xE000) : character));

    private static IEnumerable<TermRun> Own(IndexedItem item)
    {
        if (item.Handle is not null)
        {
            var words = Analyzer.Words($"hdl:{item.Handle}");
            yield return new("", words);
            yield return new(IndexFields.Handle, words);
        }

        yield return new(IndexFields.Status, Whole(item is { State: ItemState.Archived, Discoverable: false } ? "unpublished" : _status[item.State]));
        if (item.IsPublic)
        {
            yield return new(IndexFields.Scope, "public");
        }

        yield return new(IndexFields.Collections, WordRun.Of(item.Collections.Select(id => $"{id:N}")));
        yield return new(IndexFields.Owner, WordRun.Of(item.Collections.Take(1).Select(id => $"{id:N}")));
        var available = Parse(item.First("dc.date.available"));
        if ((Parse(item.First("dc.date.issued")) ?? available) is { } published)
        {
            yield return new(Level(IndexFields.Published, DatePrecision.Year), DateSpan.Key(published.Start, DatePrecision.Year));
        }

        if (available is null)
        {
            foreach (var run in Dates(IndexFields.Created, new(item.Created.UtcDateTime, DatePrecision.Second)))
            {
                yield return run;
            }
        }

        foreach (var file in item.Files)
        {
            yield return new(IndexFields.FileName, Analyzer.Words(file.Name));
            yield return new(IndexFields.FileType, Analyzer.Words(file.MediaType));
        }

        foreach (var bits in SortableNumber.Levels)
        {
            yield return new(Level(IndexFields.FileCount, bits), SortableNumber.Key(item.Files.Count, bits));
            yield return new(Level(IndexFields.FileBytes, bits), SortableNumber.Key(item.Files.Sum(file => file.Bytes), bits));
        }
    }

    // A date of which only the year is known is in that year, and in no month of it.
    private static IEnumerable<TermRun> Dates(string field, DateSpan date)
    {
        var key = DateSpan.Key(date.Start, DatePrecision.Second);
        for (var precision = DatePrecision.Year; precision <= date.Precision; precision++)
        {
            yield return new(Level(field, precision), key[..DateSpan.KeyLength(precision)]);
        }
    }

    private static DateSpan? Parse(string? text) => text is null ? null : DateSpan.Parse(text);
}
