using AdminPortal.Domain.Common;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AdminPortal.Web.Auth;

/// <summary>Tells the services of a circuit on whose behalf they act: before its first page is shown, and when its session ends.</summary>
internal sealed class CallerCircuit(AuthenticationStateProvider authentication, Caller caller) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        authentication.AuthenticationStateChanged += async changed => (await changed).User.ActAs(caller);
        (await authentication.GetAuthenticationStateAsync()).User.ActAs(caller);
    }
}
