using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Formats;

/// <summary>Languages as BCP 47 writes them.</summary>
internal static partial class LanguageTag
{
    /// <summary>The tag that a language stands for, e.g. <c>en-US</c> for DSpace's <c>en_US</c>; null when it is none, such as <c>*</c> or <c>other</c>.</summary>
    public static string? Find(string? language)
    {
        if (string.IsNullOrWhiteSpace(language))
        {
            return null;
        }

        var tag = language.Trim().Replace('_', '-');
        return Shape().IsMatch(tag) ? tag : null;
    }

    // A language and its subtags, or a private tag (x-...) or an old registered one (i-...).
    [GeneratedRegex(@"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|[xXiI](-[A-Za-z0-9]{1,8})+)\z")]
    private static partial Regex Shape();
}
