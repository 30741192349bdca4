using System.Collections;
using System.Text;

namespace AdminPortal.Domain.Search;

/// <summary>Words that stand side by side in one value. They are cut out of the folded text only when somebody asks for them.</summary>
public sealed class WordRun(string text, IReadOnlyList<(int Start, int Length)> bounds) : IReadOnlyList<string>
{
    /// <inheritdoc/>
    public int Count => bounds.Count;

    /// <inheritdoc/>
    public string this[int index] => text.Substring(bounds[index].Start, bounds[index].Length);

    /// <summary>One word.</summary>
    public static WordRun Of(string word) => new(word, [(0, word.Length)]);

    /// <summary>Several words that stand side by side.</summary>
    public static WordRun Of(IEnumerable<string> words)
    {
        var (text, bounds) = (new StringBuilder(), new List<(int, int)>());
        foreach (var word in words)
        {
            bounds.Add((text.Length, word.Length));
            text.Append(word);
        }

        return new(text.ToString(), bounds);
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A word, as long as the run is there.</summary>
    internal ReadOnlySpan<char> Span(int index) => text.AsSpan(bounds[index].Start, bounds[index].Length);
}
