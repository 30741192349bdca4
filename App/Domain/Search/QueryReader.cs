using System.Globalization;
using System.Text;

namespace AdminPortal.Domain.Search;

/// <summary>Reads the words, texts and numbers of a query, one after the other.</summary>
internal sealed class QueryReader(string query)
{
    private const string Special = "():^[]\"{}~!";

    // What identifiers begin with: their colon does not end the name of a field.
    private static readonly string[] _schemes = ["doi", "hdl", "urn", "ark", "http", "https", "oai", "perma", "info"];

    /// <summary>How far it has been read.</summary>
    public int Position { get; private set; }

    /// <summary>The next character; <c>\0</c> at the end.</summary>
    public char Next => PeekAt(0);

    /// <summary>Whether everything has been read.</summary>
    public bool AtEnd => Position >= query.Length;

    /// <summary>Passes over the spaces between words.</summary>
    public void SkipSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(Next))
        {
            Position++;
        }
    }

    /// <summary>Reads a character if it is the next one.</summary>
    public bool Take(char character)
    {
        if (AtEnd || Next != character)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Reads an operator that is a word of its own: in capitals anywhere, in small letters only between other words.</summary>
    /// <param name="word">The operator in capitals, e.g. <c>AND</c>.</param>
    /// <param name="needsBefore">Whether something must come before it.</param>
    /// <param name="hasBefore">Whether something comes before it in its group.</param>
    public bool TakeOperator(string word, bool needsBefore, bool hasBefore = true)
    {
        var end = Position + word.Length;
        if (end > query.Length || !query.AsSpan(Position, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase) || !EndsWord(end))
        {
            return false;
        }

        if (!query.AsSpan(Position, word.Length).SequenceEqual(word))
        {
            var spaced = end < query.Length && char.IsWhiteSpace(query[end]) && query.AsSpan(end).TrimStart() is [not ')', ..] && (hasBefore || !needsBefore)
                && (Position == 0 ? !needsBefore : char.IsWhiteSpace(query[Position - 1]) || (!needsBefore && query[Position - 1] == '('));
            if (!spaced)
            {
                return false;
            }
        }

        Position = end;
        return true;
    }

    /// <summary>Reads <c>&amp;&amp;</c> or <c>||</c> if it stands alone.</summary>
    public bool TakeSign(string sign)
    {
        if (string.CompareOrdinal(query, Position, sign, 0, sign.Length) != 0 || !EndsWord(Position + sign.Length))
        {
            return false;
        }

        Position += sign.Length;
        return true;
    }

    /// <summary>Reads a word with its wildcards; empty when none begins here.</summary>
    /// <param name="isValue">Whether it is the value of a field, so that no field can begin here.</param>
    public IReadOnlyList<PatternPart> ReadWord(bool isValue)
    {
        var (parts, text, start) = (new List<PatternPart>(), new StringBuilder(), Position);
        while (!AtEnd && !EndsWordHere(start, isValue))
        {
            var character = query[Position++];
            if (character is '*' or '?')
            {
                Flush();
                parts.Add(new("", character));
            }
            else
            {
                text.Append(character == '\\' ? ReadEscaped() : character);
            }
        }

        Flush();
        return parts;

        void Flush()
        {
            if (text.Length > 0)
            {
                parts.Add(new(text.ToString(), null));
                text.Clear();
            }
        }
    }

    /// <summary>Reads up to the quotation mark that closes what has been opened.</summary>
    public string ReadQuoted() =>
        ReadUntil('"', "This quotation mark is never closed. Close it behind the last word, or write \\\" for the sign itself.");

    /// <summary>Reads up to the slash that closes a regular expression.</summary>
    public string ReadRegex() =>
        ReadUntil('/', "A / at the beginning of a word opens a regular expression, and this one is never closed. Close it with /, put the word into quotation marks, or write \\/ for the sign itself.");

    /// <summary>Reads one end of a range that is not in quotation marks.</summary>
    public string ReadRangeEnd()
    {
        var text = new StringBuilder();
        while (!AtEnd && !char.IsWhiteSpace(Next) && Next is not (']' or '}'))
        {
            var character = query[Position++];
            text.Append(character == '\\' ? ReadEscaped() : character);
        }

        return text.ToString();
    }

    /// <summary>Reads a number such as <c>2</c> or <c>0.8</c>; null when there is none, and not a number for the like of <c>1.2.3</c>.</summary>
    public double? ReadNumber()
    {
        var start = Position;
        while (!AtEnd && (char.IsAsciiDigit(Next) || (Next == '.' && char.IsAsciiDigit(PeekAt(1)))))
        {
            Position++;
        }

        return double.TryParse(query.AsSpan(start, Position - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : start == Position ? null : double.NaN;
    }

    /// <summary>What is wrong at a place.</summary>
    public QuerySyntaxException Fault(QuerySpan span, string message) => new(query, span with { End = Math.Min(span.End, query.Length) }, message);

    private string ReadUntil(char closing, string unclosed)
    {
        var (opened, text) = (Position - 1, new StringBuilder());
        while (!AtEnd)
        {
            var character = query[Position++];
            if (character == closing)
            {
                return text.ToString();
            }

            if (character != '\\' || AtEnd)
            {
                text.Append(character);
            }
            else if (closing == '"')
            {
                text.Append(ReadEscaped());
            }
            else
            {
                // In an expression a backslash is the expression's own, save before the slash.
                text.Append(Next == '/' ? "" : "\\").Append(query[Position++]);
            }
        }

        throw Fault(new(opened, opened + 1), unclosed);
    }

    // After a backslash: \u00e9 is the character with that number, anything else is itself.
    private char ReadEscaped()
    {
        if (AtEnd)
        {
            throw Fault(new(Position - 1, Position), "Nothing follows the backslash. Write \\\\ for the sign itself.");
        }

        if (Next == 'u' && Position + 5 <= query.Length && ushort.TryParse(query.AsSpan(Position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            Position += 5;
            return (char)code;
        }

        return query[Position++];
    }

    private bool EndsWordHere(int start, bool isValue)
    {
        if (Next != ':' || EndsWord(Position + 1) || query[Position + 1] is '*' or '?')
        {
            return EndsWord(Position);
        }

        // doi is a field too, and as good as its scheme where a field can stand.
        var scheme = query[start..query.IndexOf(':', start)];
        return !_schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase) || (!isValue && scheme == "doi");
    }

    private bool EndsWord(int position) => position >= query.Length || char.IsWhiteSpace(query[position]) || Special.Contains(query[position]);

    private char PeekAt(int ahead) => Position + ahead < query.Length ? query[Position + ahead] : '\0';
}
