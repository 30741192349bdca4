using System.ComponentModel.DataAnnotations;
using AdminPortal.Domain.EPeople;
using AdminPortal.Web.Auth;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace AdminPortal.Web.Components.Pages.Account;

/// <summary>Signs people in. Rendered without a circuit, because it sets a cookie.</summary>
public sealed partial class SignInPage(SignInManager<EPerson> signIn, UserManager<EPerson> users, NavigationManager navigation, TimeProvider clock, ILogger<SignInPage> logger)
{
    private string? _refusal;

    [SupplyParameterFromForm]
    private Credentials Input { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new();

    private async Task SignInAsync()
    {
        var person = await users.FindByEmailAsync(Input.Email);
        var result = person is null ? SignInResult.Failed : await signIn.PasswordSignInAsync(person, Input.Password, Input.Remember, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            logger.LogInformation("Refused a sign-in as {Email}: {Result}", Input.Email, result);
            _refusal = result.IsLockedOut
                ? "Too many wrong passwords. Wait five minutes, or ask an administrator for a new password."
                : "The address or the password is wrong. Try again.";
            return;
        }

        person!.LastActive = clock.GetUtcNow();
        await users.UpdateAsync(person);
        navigation.NavigateTo(ReturnAddress.OrElse(ReturnUrl, "/"));
    }

    private sealed class Credentials
    {
        [Required(ErrorMessage = "Give your e-mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Give your password.")]
        public string Password { get; set; } = "";

        public bool Remember { get; set; }
    }
}
