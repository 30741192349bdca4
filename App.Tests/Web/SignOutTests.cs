using System.Net;
using AdminPortal.Domain.Common;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

[Collection<RunningPortalCollection>]
public sealed class SignOutTests(RunningPortal portal)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("//evil.example")]
    [InlineData(@"/\evil.example")]
    [InlineData("https://evil.example/")]
    public async Task SignOut_ReturnAddressElsewhere_GoesToTheSignInForm(string returnUrl)
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);

        using var response = await client.SignOutAsync(returnUrl);

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (response.StatusCode, response.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task SignOut_SignedIn_EndsTheSession()
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);
        using var before = await client.GetAsync("/", Token);

        using var response = await client.SignOutAsync(null);
        using var after = await client.GetAsync("/", Token);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.Redirect), (before.StatusCode, response.StatusCode, after.StatusCode));
        Assert.Equal("/sign-in", after.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task SignOut_WithoutTheFormsToken_LeavesTheSession()
    {
        using var client = portal.CreateClient();
        await client.SignInAsync(TestPortal.EmailOf(Role.Administrator), TestPortal.Password);

        using var response = await client.PostAsync("/sign-out", new FormUrlEncodedContent([]), Token);
        using var after = await client.GetAsync("/", Token);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (response.StatusCode, after.StatusCode));
    }
}
