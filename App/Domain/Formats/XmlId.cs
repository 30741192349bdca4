using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Formats;

/// <summary>Names for elements of a record (<c>xs:ID</c>).</summary>
internal static partial class XmlId
{
    /// <summary>The name that a handle gives, e.g. <c>hdl_123456789_42</c>.</summary>
    public static string Of(string handle) => "hdl_" + Others().Replace(handle, "_");

    [GeneratedRegex("[^A-Za-z0-9.-]")]
    private static partial Regex Others();
}
