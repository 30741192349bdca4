using System.Globalization;

namespace AdminPortal.Domain.Common;

/// <summary>Says lengths in words.</summary>
public static class ByteText
{
    private static readonly string[] _units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>A length, e.g. <c>1.5 MB</c> (powers of 1000).</summary>
    public static string Of(double bytes)
    {
        var unit = UnitOf(bytes);
        return $"{In(bytes, unit)} {_units[unit]}";
    }

    /// <summary>How much of a length is there, both in the unit of the whole, e.g. <c>120 of 500 MB</c>.</summary>
    public static string Of(double bytes, double whole)
    {
        var unit = UnitOf(whole);
        return $"{In(bytes, unit)} of {In(whole, unit)} {_units[unit]}";
    }

    private static int UnitOf(double bytes)
    {
        var unit = 0;
        for (; bytes >= 1000 && unit < _units.Length - 1; unit++)
        {
            bytes /= 1000;
        }

        return unit;
    }

    private static string In(double bytes, int unit)
    {
        var value = bytes / Math.Pow(1000, unit);
        return (unit == 0 || value >= 100 ? Math.Round(value) : Math.Round(value, 1)).ToString("0.#", CultureInfo.InvariantCulture);
    }
}
