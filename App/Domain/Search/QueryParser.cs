namespace AdminPortal.Domain.Search;

/// <summary>
/// Reads queries in the classic syntax of Lucene, as Solr has it: a <c>/</c> within a word belongs to the word. Operators that stand side by side
/// work as there: <c>AND</c> makes both its neighbours necessary, and a clause that is not necessary may hold. Words without an operator are joined by OR.
/// Source: the grammars of Lucene 8 and Solr 8 (QueryParser.jj).
/// </summary>
public sealed partial class QueryParser
{
    private const int LongestQuery = 50_000;
    private const int DeepestGroup = 100;

    private readonly QueryReader _reader;
    private readonly List<QueryNotice> _notices = [];

    private QueryParser(string query) => _reader = new(query);

    /// <summary>Reads a query.</summary>
    /// <exception cref="QuerySyntaxException">It cannot be understood.</exception>
    public static ParsedQuery Parse(string query)
    {
        if (query.Length > LongestQuery)
        {
            throw new QuerySyntaxException(query, new(LongestQuery, query.Length), $"The query has {query.Length:N0} characters. Keep at most {LongestQuery:N0}.");
        }

        var parser = new QueryParser(query);
        var root = parser.ReadGroup(null, 0);
        return root.Clauses.Count > 0
            ? new(query, Unwrap(root), parser._notices)
            : throw new QuerySyntaxException(query, new(0, query.Length), "The query is empty. Write words to look for, a field and what it holds such as title:rivers, or *:* for everything.");
    }

    private enum Join
    {
        None,
        And,
        Or,
    }

    // Reads up to the end, or up to the parenthesis that closes the group.
    private GroupNode ReadGroup(QueryField? field, int depth)
    {
        var (clauses, joins, start) = (new List<QueryClause>(), new List<Join>(), _reader.Position);
        for (_reader.SkipSpace(); !_reader.AtEnd && !(depth > 0 && _reader.Next == ')'); _reader.SkipSpace())
        {
            var join = ReadJoin(clauses.Count > 0);
            var sign = ReadSign();
            var node = ReadClause(field, depth);
            if (join == Join.And && clauses is [.., { Occurrence: Occurrence.Should } before])
            {
                clauses[^1] = before with { Occurrence = Occurrence.Must };
            }

            clauses.Add(new(sign ?? (join == Join.And ? Occurrence.Must : Occurrence.Should), node));
            joins.Add(join);
        }

        var span = new QuerySpan(start, _reader.Position);
        if (joins.Contains(Join.And) && joins.Contains(Join.Or))
        {
            _notices.Add(new(span, "AND and OR stand side by side: what AND joins must hold, and what only OR joins need not. Put parentheses around what belongs together, e.g. (a OR b) AND c."));
        }

        return new(span, clauses);
    }

    private Join ReadJoin(bool hasBefore)
    {
        var start = _reader.Position;
        var join = _reader.TakeOperator("AND", needsBefore: true, hasBefore) || _reader.TakeSign("&&") ? Join.And
            : _reader.TakeOperator("OR", needsBefore: true, hasBefore) || _reader.TakeSign("||") ? Join.Or
            : Join.None;
        if (join == Join.None)
        {
            return join;
        }

        var span = new QuerySpan(start, _reader.Position);
        var name = join == Join.And ? "AND" : "OR";
        if (!hasBefore)
        {
            throw _reader.Fault(span, $"{name} needs something before it. Write what it joins, or put the word into quotation marks to look for it.");
        }

        RequireMore(span, name);
        if (ReadJoin(true) != Join.None)
        {
            throw _reader.Fault(span, $"Two operators stand side by side. Write what {name} is to join.");
        }

        return join;
    }

    private Occurrence? ReadSign()
    {
        var start = _reader.Position;
        Occurrence? sign = _reader.Take('+') ? Occurrence.Must
            : _reader.Take('-') || _reader.Take('!') || _reader.TakeOperator("NOT", needsBefore: false) ? Occurrence.MustNot
            : null;
        if (sign is not null)
        {
            RequireMore(new(start, _reader.Position), sign == Occurrence.Must ? "+" : "NOT");
            if (_reader.Next is '+' or '-' or '!')
            {
                throw _reader.Fault(new(_reader.Position, _reader.Position + 1), $"A second sign cannot follow here. Keep one of them, or write \\{_reader.Next} for the sign itself.");
            }
        }

        return sign;
    }

    private void RequireMore(QuerySpan span, string name)
    {
        _reader.SkipSpace();
        if (_reader.AtEnd || _reader.Next == ')')
        {
            throw _reader.Fault(span, $"Nothing follows {name}. Write what it is about, or put it into quotation marks to look for the word.");
        }
    }

    private static QueryNode Unwrap(GroupNode group) =>
        group.Clauses is [{ Occurrence: not Occurrence.MustNot, Node: var only }] ? only : group;
}
