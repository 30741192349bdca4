namespace AdminPortal.Domain.Common;

/// <summary>Finds the known name that a mistyped one was probably meant to be.</summary>
public static class Nearest
{
    /// <summary>The candidate with the fewest edits to <paramref name="name"/>; null when all are more than a third of its length away.</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        var (best, distance) = (default(string), Math.Max(1, name.Length / 3) + 1);
        foreach (var candidate in candidates)
        {
            var edits = Math.Abs(candidate.Length - name.Length) < distance ? Edits(name, candidate) : distance;
            if (edits < distance)
            {
                (best, distance) = (candidate, edits);
            }
        }

        return best;
    }

    // Levenshtein distance, one row at a time, upper and lower case being equal.
    private static int Edits(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
