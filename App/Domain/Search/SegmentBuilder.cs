using System.Runtime.InteropServices;
using System.Text;

namespace AdminPortal.Domain.Search;

/// <summary>
/// Turns items round in memory: from the words of each item to the items of each word. Words are noted as they come; sorting them by counting, in the order in which
/// documents came, gives each word's documents in their order.
/// </summary>
internal sealed class SegmentBuilder
{
    // 18 MB of notes, for about ten thousand items; two such are in memory while an index is built.
    private const int MostNotes = 1_500_000;

    private readonly WordTable _words = new();
    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);
    private readonly List<Field> _numberedFields = [];
    private readonly List<Term> _terms = [];
    private readonly List<(int Term, long Place)> _notes = [];
    private readonly List<int> _documents = [];

    // The term that each word was made last; these lead to its earlier ones.
    private readonly List<int> _termOfWord = [];
    private int[] _run = new int[64];

    /// <summary>Whether it is time to write it down.</summary>
    public bool IsFull => _notes.Count >= MostNotes;

    /// <summary>The documents that it speaks for, in their order.</summary>
    public IReadOnlyList<int> Documents => _documents;

    /// <summary>Adds a document; each after those with smaller numbers. Without words it says that there is no such document any more.</summary>
    public void Add(int number, IEnumerable<TermRun> runs)
    {
        _documents.Add(number);
        var last = default(WordRun);
        foreach (var (name, words) in runs)
        {
            // The same words come under several fields.
            if (words != last)
            {
                LookUp(words);
                last = words;
            }

            var field = Find(name);
            var place = field.Document == number ? field.Place : 0;
            foreach (var word in _run.AsSpan(0, words.Count))
            {
                _notes.Add((TermOf(field.Number, word), PlaceList.Of(number, place++)));
            }

            // The free place keeps phrases within a value.
            (field.Document, field.Place) = (number, place + 1);
        }
    }

    /// <summary>Gives all words with their documents.</summary>
    public void Write(SegmentWord take)
    {
        var (ends, places) = Sort();
        var (postings, within, bytes) = (new PackedWriter(), new PackedWriter(), new byte[1024]);
        foreach (var number in Order())
        {
            var field = _numberedFields[_terms[number].Field];
            var word = _words[_terms[number].Word];
            if (bytes.Length < word.Length * 3)
            {
                bytes = new byte[word.Length * 3];
            }

            postings.Clear();
            within.Clear();
            var start = number == 0 ? 0 : ends[number - 1];
            var count = Postings.Write(places.AsSpan(start, ends[number] - start), postings, field.HasPlaces ? within : null);
            take(field.Name, bytes.AsSpan(0, Encoding.UTF8.GetBytes(word, bytes)), count, postings.Bytes, within.Bytes);
        }
    }

    private void LookUp(WordRun words)
    {
        if (_run.Length < words.Count)
        {
            _run = new int[words.Count * 2];
        }

        for (var i = 0; i < words.Count; i++)
        {
            _run[i] = _words.Get(words.Span(i));
        }
    }

    private Field Find(string name)
    {
        if (!_fields.TryGetValue(name, out var field))
        {
            _fields.Add(name, field = new(name, _fields.Count));
            _numberedFields.Add(field);
        }

        return field;
    }

    private int TermOf(int field, int word)
    {
        if (word == _termOfWord.Count)
        {
            _termOfWord.Add(-1);
        }

        var terms = CollectionsMarshal.AsSpan(_terms);
        var term = _termOfWord[word];
        while (term >= 0 && terms[term].Field != field)
        {
            term = terms[term].Earlier;
        }

        if (term < 0)
        {
            term = _terms.Count;
            _terms.Add(new(field, word, _termOfWord[word]));
            _termOfWord[word] = term;
        }

        return term;
    }

    // Where the places of each term end, and these.
    private (int[] Ends, long[] Places) Sort()
    {
        var (ends, sorted) = (new int[_terms.Count], new long[_notes.Count]);
        var notes = CollectionsMarshal.AsSpan(_notes);
        foreach (ref readonly var note in notes)
        {
            ends[note.Term]++;
        }

        var sum = 0;
        foreach (ref var end in ends.AsSpan())
        {
            (end, sum) = (sum, sum + end);
        }

        foreach (ref readonly var note in notes)
        {
            sorted[ends[note.Term]++] = note.Place;
        }

        return (ends, sorted);
    }

    // The terms by field, then by the bytes of their words.
    private int[] Order()
    {
        var (words, ranks) = (_words.Sorted(), new int[_words.Count]);
        for (var rank = 0; rank < words.Length; rank++)
        {
            ranks[words[rank]] = rank;
        }

        foreach (var (name, rank) in _fields.Keys.Order(WordExpression.Utf8Order).Select((name, rank) => (name, rank)))
        {
            _fields[name].Rank = rank;
        }

        var (keys, order) = (new long[_terms.Count], new int[_terms.Count]);
        for (var term = 0; term < keys.Length; term++)
        {
            (keys[term], order[term]) = (((long)_numberedFields[_terms[term].Field].Rank << 32) | (uint)ranks[_terms[term].Word], term);
        }

        Array.Sort(keys, order);
        return order;
    }

    // A word in a field, both by their numbers.
    private readonly record struct Term(int Field, int Word, int Earlier);

    private sealed class Field(string name, int number)
    {
        public string Name => name;

        public int Number => number;

        public bool HasPlaces { get; } = IndexFields.HasPlaces(name);

        /// <summary>Where it stands among the others.</summary>
        public int Rank { get; set; }

        /// <summary>The document that was added to it last.</summary>
        public int Document { get; set; }

        /// <summary>The next place in that one.</summary>
        public int Place { get; set; }
    }
}
