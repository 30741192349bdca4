using System.ComponentModel.DataAnnotations;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace AdminPortal.Web.Components.Pages.Account;

/// <summary>Changes the caller's own password. Rendered without a circuit, because the session goes on under a new cookie.</summary>
public sealed partial class ChangePassword(EPersonService people, SignInManager<EPerson> signIn, Caller caller, NavigationManager navigation)
{
    private string? _refusal;

    [SupplyParameterFromForm]
    private Passwords Input { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Input ??= new();

    private async Task ChangeAsync()
    {
        try
        {
            await people.ChangeOwnPasswordAsync(Input.Current, Input.New, PageLifetime);
        }
        catch (PortalException refusal)
        {
            _refusal = refusal.Message;
            return;
        }

        // Read anew: the cookie must carry the security stamp that the change has made.
        await signIn.RefreshSignInAsync((await people.FindAsync(caller.Id.ToString()!, PageLifetime))!);
        navigation.NavigateTo("/account?changed=password");
    }

    private sealed class Passwords
    {
        [Required(ErrorMessage = "Give your current password.")]
        public string Current { get; set; } = "";

        [Required(ErrorMessage = "Give a new password."), MinLength(8, ErrorMessage = "Use at least 8 characters.")]
        public string New { get; set; } = "";

        [Compare(nameof(New), ErrorMessage = "The two new passwords differ.")]
        public string Again { get; set; } = "";
    }
}
