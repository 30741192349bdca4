using System.Globalization;

namespace AdminPortal.Web.Components.Shared;

/// <summary>Lengths of files as people read them.</summary>
internal static class ByteSize
{
    private static readonly string[] _units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>The length in the largest unit that leaves a whole number before the point, e.g. <c>1.4 MB</c>; units step by 1,000.</summary>
    public static string Format(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 999.5 && unit < _units.Length - 1)
        {
            (value, unit) = (value / 1000, unit + 1);
        }

        return value.ToString(unit > 0 && value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + _units[unit];
    }
}
