using AdminPortal.Domain.EPeople;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Auth;

internal static class SignOut
{
    // Takes a form, so that ASP.NET Core checks its antiforgery token.
    public static void MapSignOut(this WebApplication app) => app.MapPost("/sign-out", async (SignInManager<EPerson> signIn, [FromForm] string? returnUrl) =>
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(ReturnAddress.OrElse(returnUrl, "/sign-in"));
    }).AllowAnonymous().ExcludeFromDescription();
}
