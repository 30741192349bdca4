using AdminPortal.Domain.Oai.Provider;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Oai;

/// <summary>Asks how the provider is to present itself; what is left empty comes from the settings of the program.</summary>
public sealed partial class OaiServerDialog(OaiServerService service, DialogService dialogs)
{
    private static readonly object[] _styles =
        [new { Style = OaiIdentifierStyle.Oai, Text = "oai:repository:handle" }, new { Style = OaiIdentifierStyle.Handle, Text = "the handle itself, as hdl:" }];

    private OaiServer? _server;   // null while loading
    private OaiIdentity? _defaults;
    private string _emails = "", _friends = "";

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => AttemptAsync(async () =>
    {
        _defaults = service.Complete(new());
        _server = await service.GetAsync(PageLifetime);
        (_emails, _friends) = (string.Join(' ', _server.AdminEmails), string.Join(' ', _server.Friends));
    });

    private async Task SaveAsync(OaiServer server)
    {
        (server.AdminEmails, server.Friends) = (Words(_emails), Words(_friends));
        if (await AttemptAsync(() => service.UpdateAsync(server, PageLifetime)))
        {
            dialogs.Close(true);
        }
    }

    private static string[] Words(string? text) => (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
