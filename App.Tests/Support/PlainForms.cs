using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AdminPortal.Tests.Support;

/// <summary>Fills the portal's plain forms in as a browser does, with what they hide.</summary>
public static class PlainForms
{
    public static async Task<HttpResponseMessage> SignInAsync(this HttpClient client, string email, string password, string? returnUrl = null)
    {
        var address = returnUrl is null ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
        var fields = await client.ReadFormAsync(address, "form");
        return await client.PostAsync(address, new FormUrlEncodedContent([.. fields, new("Input.Email", email), new("Input.Password", password)]), TestContext.Current.CancellationToken);
    }

    public static async Task<HttpResponseMessage> SignOutAsync(this HttpClient client, string? returnUrl)
    {
        // The button is on pages that need a circuit; the antiforgery token of any plain form does as well.
        var fields = await client.ReadFormAsync("/account/password", "form");
        return await client.PostAsync(
            "/sign-out",
            new FormUrlEncodedContent([.. fields, .. returnUrl is null ? [] : new KeyValuePair<string, string>[] { new("returnUrl", returnUrl) }]),
            TestContext.Current.CancellationToken);
    }

    /// <summary>The hidden fields of a form.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> ReadFormAsync(this HttpClient client, string address, string selector)
    {
        var html = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        using var page = await new HtmlParser().ParseDocumentAsync(html);
        var form = Assert.IsAssignableFrom<IHtmlFormElement>(page.QuerySelector(selector));
        return [.. form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(input => new KeyValuePair<string, string>(input.Name!, input.Value))];
    }
}
