using System.Globalization;

namespace AdminPortal.Domain.Search;

/// <summary>Whole numbers as words that sort like them, at three precisions: a wide range is made of few of the coarse ones.</summary>
public static class SortableNumber
{
    /// <summary>The precisions, the coarsest first: how many of the 64 bits are left out.</summary>
    public static IReadOnlyList<int> Levels { get; } = [32, 16, 0];

    /// <summary>What a number is called at a precision.</summary>
    /// <param name="number">The number, 0 or more.</param>
    /// <param name="bits">How many of its last bits are left out.</param>
    public static string Key(long number, int bits) => ((ulong)number >> bits).ToString($"x{(64 - bits) / 4}", CultureInfo.InvariantCulture);
}
