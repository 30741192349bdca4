using System.Globalization;

namespace AdminPortal.Web.Components.Pages.Reviews;

/// <summary>Says times of reviews in words.</summary>
internal static class ReviewText
{
    /// <summary>An instant to the minute, in UTC.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
