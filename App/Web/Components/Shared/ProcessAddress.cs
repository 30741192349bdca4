using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Components.Shared;

/// <summary>Changes the address of a page that stays where it is.</summary>
public static class ProcessAddress
{
    /// <summary>Replaces the address without moving what the reader sees.</summary>
    public static async Task ReplaceAsync(this NavigationManager navigation, IJSRuntime js, string address)
    {
        await using (var module = await js.InvokeAsync<IJSObjectReference>("import", "/assets/js/address.js"))
        {
            await module.InvokeVoidAsync("keepPlace");
        }

        navigation.NavigateTo(address, replace: true);
    }
}
