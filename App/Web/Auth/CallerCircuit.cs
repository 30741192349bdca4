using AdminPortal.Domain.Common;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AdminPortal.Web.Auth;

/// <summary>Tells the services of a circuit on whose behalf they act, before its first page is shown and whenever that changes.</summary>
internal sealed class CallerCircuit(AuthenticationStateProvider authentication, Caller caller) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        authentication.AuthenticationStateChanged += OnChanged;
        await ActAsync(authentication.GetAuthenticationStateAsync());
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        authentication.AuthenticationStateChanged -= OnChanged;
        return Task.CompletedTask;
    }

    private void OnChanged(Task<AuthenticationState> state) => _ = ActAsync(state);

    private async Task ActAsync(Task<AuthenticationState> state) => (await state).User.ActAs(caller);
}
