namespace AdminPortal.Domain.Search;

/// <content>What a clause says: words, patterns, ranges, groups.</content>
public sealed partial class QueryParser
{
    private QueryNode ReadClause(QueryField? field, int depth)
    {
        var start = _reader.Position;
        var node = ReadBare(field, depth, start);
        return _reader.Take('^') ? node with { Boost = ReadBoost() } : node;
    }

    private QueryNode ReadBare(QueryField? field, int depth, int start)
    {
        if (_reader.Take('('))
        {
            return ReadParentheses(field, depth + 1, start);
        }

        if (_reader.Take('"'))
        {
            var text = _reader.ReadQuoted();
            var slop = _reader.Take('~') ? (int)Math.Min(ReadDistance() ?? 0, 10_000) : 0;
            return new WordsNode(new(start, _reader.Position), field, text, slop);
        }

        if (_reader.Next is '[' or '{')
        {
            return ReadRange(field, start);
        }

        if (_reader.Take('/'))
        {
            var expression = _reader.ReadRegex();
            return new RegexNode(new(start, _reader.Position), field, expression);
        }

        return ReadWord(field, depth, start);
    }

    private QueryNode ReadWord(QueryField? field, int depth, int start)
    {
        var parts = _reader.ReadWord(field is not null);
        var span = new QuerySpan(start, _reader.Position);
        if (parts.Count == 0)
        {
            throw _reader.Fault(new(start, start + 1), Unexpected(_reader.Next));
        }

        if (_reader.Next == ':' && !_reader.AtEnd)
        {
            return ReadFielded(field, parts, span, depth);
        }

        if (parts.Any(part => part.Wildcard is not null))
        {
            return field is null && parts is [{ Wildcard: '*' }] ? new AllNode(span) : new PatternNode(span, field, parts);
        }

        var text = parts[0].Text;
        if (!_reader.Take('~'))
        {
            return new WordsNode(span, field, text, 0);
        }

        var edits = ReadEdits(text);
        return new FuzzyNode(new(start, _reader.Position), field, text, edits);
    }

    private QueryNode ReadFielded(QueryField? outer, IReadOnlyList<PatternPart> parts, QuerySpan span, int depth)
    {
        var colon = _reader.Position;
        _reader.Take(':');
        var everything = parts is [{ Wildcard: '*' }];
        if (outer is not null || (!everything && parts.Any(part => part.Wildcard is not null)))
        {
            throw _reader.Fault(new(colon, colon + 1), "A colon ends the name of a field, and none can stand here. Put a value that holds a colon into quotation marks, or write \\: for the sign itself.");
        }

        var name = everything ? "*" : parts[0].Text;
        _reader.SkipSpace();
        if (_reader.AtEnd || _reader.Next is ')' or '+' or '-' or '!' or '^' or '~' or ':')
        {
            throw _reader.Fault(span.To(new(colon, colon + 1)), $"{name}: has no value. Write what it holds, such as {name}:rivers, or {name}:* for all items that have one.");
        }

        var value = ReadBare(everything ? null : new(name, span), depth, _reader.Position);
        return everything && value is not AllNode
            ? throw _reader.Fault(span, "*: stands only before *, for everything. Leave it out to search all fields.")
            : value with { Span = span.To(value.Span) };
    }

    private GroupNode ReadParentheses(QueryField? field, int depth, int start)
    {
        if (depth > DeepestGroup)
        {
            throw _reader.Fault(new(start, start + 1), $"Parentheses are nested more than {DeepestGroup} deep. Leave out those that are not needed.");
        }

        var group = ReadGroup(field, depth);
        if (!_reader.Take(')'))
        {
            throw _reader.Fault(new(start, start + 1), "This parenthesis is never closed. Close it with ), or write \\( for the sign itself.");
        }

        return group.Clauses.Count > 0
            ? group with { Span = new(start, _reader.Position) }
            : throw _reader.Fault(new(start, _reader.Position), "Nothing stands between these parentheses. Write what to look for, or leave them out.");
    }

    private RangeNode ReadRange(QueryField? field, int start)
    {
        var includesLower = _reader.Take('[') || !_reader.Take('{');
        var lower = ReadRangeEnd(start, includesLower, "the lower end of the range");
        _reader.SkipSpace();
        if (!_reader.TakeOperator("TO", needsBefore: true))
        {
            throw _reader.Fault(new(_reader.Position, _reader.Position + 1), "TO is missing between the ends of the range. Write it as in [2019 TO 2021], with * for an open end.");
        }

        var upper = ReadRangeEnd(start, true, "the upper end of the range");
        _reader.SkipSpace();
        var includesUpper = _reader.Take(']');
        if (!includesUpper && !_reader.Take('}'))
        {
            throw _reader.Fault(new(start, start + 1), "This range is never closed. Close it with ] to take in its upper end, or with } to leave it out.");
        }

        return new(new(start, _reader.Position), field, lower, upper is null ? null : upper with { Inclusive = includesUpper });
    }

    private RangeEnd? ReadRangeEnd(int start, bool inclusive, string what)
    {
        _reader.SkipSpace();
        var begin = _reader.Position;
        var quoted = _reader.Take('"');
        var text = quoted ? _reader.ReadQuoted() : _reader.ReadRangeEnd();
        return !quoted && text == "*" ? null
            : text.Length > 0 ? new(text, inclusive, new(begin, _reader.Position))
            : throw _reader.Fault(new(start, Math.Max(start + 1, _reader.Position)), $"There is nothing for {what}. Write a range as in [2019 TO 2021], with * for an open end.");
    }

    private double ReadBoost()
    {
        var at = _reader.Position;
        return _reader.ReadNumber() is { } number && !double.IsNaN(number) ? number : throw _reader.Fault(new(at - 1, at), "A number must follow ^: how much more this counts, e.g. ^2. Write \\^ for the sign itself.");
    }

    // "two words"~3
    private double? ReadDistance()
    {
        var at = _reader.Position;
        return _reader.ReadNumber() is { } number
            ? number == Math.Floor(number) ? number : throw _reader.Fault(new(at, _reader.Position), "The distance between words is a whole number, e.g. ~3.")
            : null;
    }

    // river~ is river~2. Old queries give a likeness below 1, which means so many changes as its word is long.
    private int ReadEdits(string text)
    {
        var at = _reader.Position;
        return _reader.ReadNumber() switch
        {
            null => 2,
            0 => 0,
            < 1 and var likeness => Math.Min(2, (int)((1 - likeness) * text.Length)),
            var edits when edits != Math.Floor(edits.Value) => throw _reader.Fault(new(at, _reader.Position), "The number of changes is 0, 1 or 2."),
            > 2 => Clamp(at),
            var edits => (int)edits,
        };
    }

    private int Clamp(int at)
    {
        _notices.Add(new(new(at, _reader.Position), "More than 2 changes are not looked for; this is read as ~2."));
        return 2;
    }

    private static string Unexpected(char sign) => sign switch
    {
        ')' => "This parenthesis closes nothing. Leave it out, or write \\) for the sign itself.",
        ':' => "The name of a field is missing before this colon. Write it as in title:rivers, or \\: for the sign itself.",
        ']' or '}' => $"This {sign} closes nothing. Leave it out, or write \\{sign} for the sign itself.",
        '~' or '^' => $"A word must stand before {sign}. Write it as in river{sign}2, or \\{sign} for the sign itself.",
        _ => $"{sign} cannot stand here. Write \\{sign} for the sign itself.",
    };
}
