using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Radzen;

namespace AdminPortal.Web.Components.Pages.EPeople;

/// <summary>Accounts: who may sign in, and what they may do.</summary>
public sealed partial class UserList(EPersonService people, DialogService dialogs, ContextMenuService menu, TimeProvider clock)
{
    private PagedList<EPerson> _list = null!;

    [SupplyParameterFromQuery]
    private string? Search { get; set; }

    private bool IsLocked(EPerson person) => person.LockoutEnd > clock.GetUtcNow();

    private void ShowActions(MouseEventArgs args, EPerson person)
    {
        List<ContextMenuItem> items =
        [
            new() { Text = "Change role", Icon = "badge", Value = () => ChangeRoleAsync(person) },
            new() { Text = "Set new password", Icon = "key", Value = () => SetPasswordAsync(person) },
        ];
        if (person.Role == Role.Curator)
        {
            items.Add(new() { Text = "Communities and collections", Icon = "account_tree", Value = () => dialogs.OpenAsync<CuratorDialog>($"What {person.Email} looks after", new() { ["Person"] = person }) });
        }

        if (IsLocked(person))
        {
            items.Add(new() { Text = "Unlock", Icon = "lock_open", Value = () => ChangeAsync(() => people.UnlockAsync(person.Id, PageLifetime), $"{person.Email} may sign in again.") });
        }

        items.Add(new() { Text = "Remove", Icon = "delete", Value = () => RemoveAsync(person) });
        menu.Open(args, items, async chosen =>
        {
            menu.Close();
            await ((Func<Task>)chosen.Value!)();
        });
    }

    private async Task CreateAsync()
    {
        if (await dialogs.OpenAsync<UserDialog>("New user") is UserDialog.Account account)
        {
            await ChangeAsync(() => people.CreateAsync(account.Email, account.Role, account.Password, PageLifetime), $"{account.Email} may sign in.", account.Secret);
        }
    }

    private async Task ChangeRoleAsync(EPerson person)
    {
        if (await dialogs.OpenAsync<RoleDialog>($"Role of {person.Email}", new() { ["Role"] = person.Role }) is Role role && role != person.Role)
        {
            await ChangeAsync(() => people.SetRoleAsync(person.Id, role, PageLifetime), $"{person.Email} is {role} now.");
        }
    }

    private async Task SetPasswordAsync(EPerson person)
    {
        if (await dialogs.OpenAsync<PasswordDialog>($"New password for {person.Email}") is PasswordChoice choice)
        {
            await ChangeAsync(() => people.SetPasswordAsync(person.Id, choice.Password, PageLifetime), $"{person.Email} has a new password.", choice.Secret);
        }
    }

    private async Task RemoveAsync(EPerson person)
    {
        if (await dialogs.Confirm($"{person.Email} will not be able to sign in any more, and their tokens stop working. Items and processes stay.", "Remove user", new() { OkButtonText = "Remove", CancelButtonText = "Keep" }) == true)
        {
            await ChangeAsync(() => people.DeleteAsync(person.Id, PageLifetime), $"{person.Email} was removed.");
        }
    }

    private async Task ChangeAsync(Func<Task> change, string done, string? secret = null)
    {
        if (!await AttemptAsync(change))
        {
            return;
        }

        Notifications.Notify(NotificationSeverity.Success, done);
        await _list.ReloadAsync();
        if (secret is not null)
        {
            await dialogs.OpenAsync<SecretNote>("Password", new() { ["Text"] = done, ["Secret"] = secret });
        }
    }
}
