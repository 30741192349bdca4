using System.Diagnostics.CodeAnalysis;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Account;

/// <summary>What the portal knows about the signed-in person, and the keys of their scripts.</summary>
public sealed partial class AccountPage(
    Caller caller, ApiTokenService tokens, CuratorshipService curatorships, DialogService dialogs, TimeProvider clock, ILogger<AccountPage> logger)
{
    private IReadOnlyList<ApiToken>? _tokens;
    private IReadOnlyList<CuratorshipRow>? _curated;
    private bool _failed;

    [SupplyParameterFromQuery]
    private string? Changed { get; set; }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _failed = false;
        try
        {
            _curated = await curatorships.ListAsync(caller.Id!.Value, PageLifetime);
            _tokens = await tokens.ListAsync(caller.Id!.Value, PageLifetime);
        }
        catch (Exception fault) when (!PageLifetime.IsCancellationRequested)
        {
            logger.LogError(fault, "Could not read the account {Name}", caller.Name);
            _failed = true;
        }
    }

    private async Task CreateAsync()
    {
        if (await dialogs.OpenAsync<TokenDialog>("New token") is not TokenDialog.NewToken wanted)
        {
            return;
        }

        string? token = null;
        if (await AttemptAsync(async () => token = await tokens.CreateAsync(caller.Id!.Value, wanted.Name, wanted.Lifetime, PageLifetime)))
        {
            await LoadAsync();
            await dialogs.OpenAsync<SecretNote>("New token", new() { ["Text"] = "Scripts send it as “Authorization: Bearer TOKEN”.", ["Secret"] = token! });
        }
    }

    private async Task RevokeAsync(ApiToken token)
    {
        if (await dialogs.Confirm($"Scripts that use the token {token.Name} will be refused at once.", "Revoke token", new() { OkButtonText = "Revoke", CancelButtonText = "Keep" }) == true
            && await AttemptAsync(() => tokens.RevokeAsync(token.Id, PageLifetime)))
        {
            await LoadAsync();
        }
    }

    [return: NotNullIfNotNull(nameof(at))]
    private static string? Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd");
}
