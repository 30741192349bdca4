using System.Text;
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

/// <summary>
/// All by which an item is found. The text that the engine indexes lists every word as <c>:word</c> and again as <c>field:word</c>. A value's plain words stand before
/// its named ones, so that no two values' words stand side by side, and no phrase is found that begins in one value and ends in the next; where nothing else stands
/// between two values, as with names of files of unknown types, a <c>-</c> does.
/// </summary>
public static class ItemTerms
{
    /// <summary>What parts the name of a field from a word.</summary>
    public const char Mark = ':';

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
            yield return new(type.Name, words);
            if (type.Whole is not null)
            {
                yield return new(type.Whole, Whole(text));
            }

            if (type.Type == SearchType.Date && DateSpan.Parse(text) is { } date)
            {
                foreach (var run in Dates(type.Name, date))
                {
                    yield return run;
                }
            }

            has.Add(type.Name);
        }

        foreach (var run in Own(item))
        {
            yield return run;
            _ = run.Field is IndexFields.Handle or IndexFields.FileName or IndexFields.FileType && has.Add(run.Field);
        }

        yield return new(IndexFields.Has, WordRun.Of(has));
    }

    /// <summary>The name of a level of dates in the index, e.g. <c>dc.date.issued@1</c> for months.</summary>
    public static string Level(string field, DatePrecision precision) => $"{field}@{(int)precision}";

    /// <summary>The name of a level of numbers in the index.</summary>
    public static string Level(string field, int bits) => $"{field}@{bits}";

    /// <summary>A value as a whole, as one word.</summary>
    public static string Whole(string text)
    {
        var whole = Analyzer.Whole(text);
        var word = new StringBuilder(whole.Length);
        foreach (var character in whole.Length <= 200 ? whole : whole[..200])
        {
            // The engine would break the word at a space or sign, so these go to where no letters are.
            word.Append(char.IsAsciiLetterOrDigit(character) || character >= 0x80 ? character : (char)(0xE000 + character));
        }

        return word.ToString();
    }

    /// <summary>A value as a whole, as far as its word tells: in small letters and without accents.</summary>
    public static string Unwhole(string word) => string.Concat(word.Select(character => character is >= (char)0xE000 and < (char)0xE080 ? (char)(character - 0xE000) : character));

    /// <summary>The text that the engine indexes.</summary>
    public static string ToText(IEnumerable<TermRun> runs)
    {
        var (text, last) = (new StringBuilder(4096), "-");
        foreach (var (field, words) in runs)
        {
            if (words.Count == 0)
            {
                continue;
            }

            text.Append(field == last ? "- " : "");
            last = field;
            words.AppendTo(text, field);
        }

        return text.ToString();
    }

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
        for (var precision = DatePrecision.Year; precision <= date.Precision; precision++)
        {
            yield return new(Level(field, precision), DateSpan.Key(date.Start, precision));
        }
    }

    private static DateSpan? Parse(string? text) => text is null ? null : DateSpan.Parse(text);
}
