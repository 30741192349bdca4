using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>The words of the index, which patterns, ranges and near words are looked up in.</summary>
internal sealed class Vocabulary
{
    /// <summary>The words of a leaf's field that it describes.</summary>
    /// <param name="connection">Where the words are.</param>
    /// <param name="leaf">An expression, a fuzzy word or a range.</param>
    public IReadOnlyList<string> Words(SqliteConnection connection, IndexLeaf leaf)
    {
        var test = WordExpression.Of(leaf);
        var (from, before) = leaf switch
        {
            ExpressionLeaf { Prefix.Length: > 0 } expression => (leaf.Term(expression.Prefix), Behind(leaf.Term(expression.Prefix))),
            RangeLeaf range => (leaf.Term(range.From ?? ""), range.Before is { } end ? leaf.Term(end) : Behind(leaf.Term(""))),
            _ => (leaf.Term(""), Behind(leaf.Term(""))),
        };
        return [.. Between(connection, from, before).Select(term => term[(leaf.Field.Length + 1)..]).Where(test)];
    }

    /// <summary>The terms from one up to another.</summary>
    public static IEnumerable<string> Between(SqliteConnection connection, string from, string before)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT term FROM word WHERE term >= $from AND term < $before";
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$before", before);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return rows.GetString(0);
        }
    }

    // The first term that does not begin so: the largest character there is sorts behind all.
    private static string Behind(string prefix) => prefix + "\U0010FFFF";
}
