using AdminPortal.Domain.EPeople;

namespace AdminPortal.Web.Components.Pages.EPeople;

/// <summary>A password for somebody else: typed, or generated.</summary>
public sealed class PasswordChoice
{
    private readonly string _generated = EPersonService.GeneratePassword();

    public bool Generated { get; set; } = true;

    public string Typed { get; set; } = "";

    public string Password => Generated ? _generated : Typed;

    /// <summary>What has to be shown, because nobody knows it yet; null for a typed password.</summary>
    public string? Secret => Generated ? _generated : null;
}
