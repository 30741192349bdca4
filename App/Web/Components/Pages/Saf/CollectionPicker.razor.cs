using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Saf;

/// <summary>Chooses collections among those that the caller may import into. Searched and paged in the database.</summary>
public sealed partial class CollectionPicker(CollectionService collections)
{
    private IReadOnlyList<CollectionRow>? _found;
    private CollectionRow? _none;
    private int _count;
    private bool _nothingFound;

    /// <summary>The chosen ones, the owning one first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<CollectionRow> Chosen { get; set; } = [];

    /// <summary>Hears what is chosen instead.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<CollectionRow>> ChosenChanged { get; set; }

    private Task LoadAsync(LoadDataArgs wanted) => AttemptAsync(async () =>
    {
        var page = await collections.ListAsync(wanted.Filter, new PageRequest(wanted.Skip ?? 0, wanted.Top ?? 20), PageLifetime);
        (_found, _count) = (page.Rows, (int)page.Total);
        _nothingFound = page.Total == 0;
    });

    private async Task AddAsync(CollectionRow? chosen)
    {
        _none = null;
        if (chosen is not null && !Chosen.Contains(chosen))
        {
            await ChosenChanged.InvokeAsync([.. Chosen, chosen]);
        }
    }
}
