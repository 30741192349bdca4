namespace AdminPortal.Domain.Common;

/// <summary>Finds the known name that a mistyped one was probably meant to be.</summary>
public static class Nearest
{
    /// <summary>The candidate with the fewest edits to <paramref name="name"/>, whatever their case; null when all are more than a third of its length away.</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        var (best, most, written) = (default(string), Math.Max(1, name.Length / 3), name.ToLowerInvariant());
        foreach (var candidate in candidates)
        {
            if (EditDistance.Within(most, written, candidate.ToLowerInvariant()) is { } edits)
            {
                (best, most) = (candidate, edits - 1);
                if (edits == 0)
                {
                    break;
                }
            }
        }

        return best;
    }
}
