using AdminPortal.Domain.Oai.Provider;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Oai;

/// <summary>Switches the OAI-PMH provider, and shows where it answers.</summary>
public sealed partial class OaiServerCard(OaiServerService server, DialogService dialogs, NavigationManager navigation)
{
    private static readonly (string Text, string Query)[] _requests =
    [
        ("Identify", "verb=Identify"), ("Formats", "verb=ListMetadataFormats"), ("Sets", "verb=ListSets"),
        ("Headers", "verb=ListIdentifiers&metadataPrefix=oai_dc"), ("Records", "verb=ListRecords&metadataPrefix=oai_dc"),
    ];

    private OaiIdentity? _identity;   // null while loading

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => await AttemptAsync(LoadAsync);

    private async Task LoadAsync() => _identity = await server.GetIdentityAsync(PageLifetime);

    private Task SwitchAsync(OaiServerState state) => AttemptAsync(async () =>
    {
        await server.SwitchAsync(state, PageLifetime);
        await LoadAsync();
    });

    private async Task EditAsync()
    {
        if (await dialogs.OpenAsync<OaiServerDialog>("Harvesting server", options: new() { Width = "40rem" }) is true)
        {
            await AttemptAsync(LoadAsync);
        }
    }
}
