namespace AdminPortal.Domain.Common;

/// <summary>Counts how many edits make one word of another: a character put in, left out or changed, or two neighbours swapped.</summary>
public static class EditDistance
{
    private const int LongestOnStack = 256;

    /// <summary>The number of edits; null when there are more than <paramref name="most"/>.</summary>
    public static int? Within(int most, ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (Math.Abs(one.Length - other.Length) > most)
        {
            return null;
        }

        // Three rows of the table of distances, because a swap looks back two.
        var width = other.Length + 1;
        var rows = width <= LongestOnStack ? stackalloc int[3 * LongestOnStack] : new int[3 * width];
        var before = rows[..width];
        var last = rows.Slice(width, width);
        var row = rows.Slice(2 * width, width);
        for (var j = 0; j < width; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            var least = row[0] = i;
            for (var j = 1; j < width; j++)
            {
                var distance = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    distance = Math.Min(distance, before[j - 2] + 1);
                }

                row[j] = distance;
                least = Math.Min(least, distance);
            }

            if (least > most)
            {
                return null;
            }

            var free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[other.Length] <= most ? last[other.Length] : null;
    }
}
