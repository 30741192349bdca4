using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Items;

/// <summary>Relates an item to another; closes with true once that is done.</summary>
public sealed partial class RelationshipDialog(RelationshipService relationships, ItemService items, DialogService dialogs)
{
    private IReadOnlyList<Choice>? _names;   // null while loading
    private string? _name;
    private string _other = "";
    private Item? _found;
    private bool _busy;

    /// <summary>The item.</summary>
    [Parameter, EditorRequired]
    public Item Item { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => AttemptAsync(async () => _names =
    [
        .. (await relationships.GetSidesAsync(Item.Id, PageLifetime)).GroupBy(side => side.Name)
            .Select(sides => new Choice(sides.Key, $"{sides.Key} ({string.Join(" or ", sides.Select(side => side.OtherEntity))})")),
    ]);

    private void Forget() => _found = null;

    private Task LookUpAsync() => AttemptAsync(async () => _found = await items.GetAsync(_other.Trim(), PageLifetime));

    private async Task AddAsync()
    {
        _busy = true;
        var done = await AttemptAsync(() => relationships.AddAsync(Item.Id, _name!, _other, PageLifetime));
        _busy = false;
        if (done)
        {
            dialogs.Close(true);
        }
    }

    // A name and the entity types that it leads to, e.g. isAuthorOfPublication (Person or OrgUnit).
    private sealed record Choice(string Name, string Text);
}
