using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Items;

/// <summary>The tree of communities and collections; administrators change it here.</summary>
public sealed partial class CollectionTree(
    CommunityService communities, CollectionService collections, CollectionSettingsService settings, Caller caller, DialogService dialogs, NavigationManager navigation)
{
    private readonly HashSet<Guid> _folded = [];
    private IReadOnlyList<TreeNode>? _tree;   // null while loading
    private IReadOnlySet<Guid> _changeable = new HashSet<Guid>();

    [SupplyParameterFromQuery]
    private string? Text { get; set; }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _changeable = await settings.ListChangeableAsync(PageLifetime);
        _tree = await communities.GetTreeAsync(PageLifetime);
    }

    // A visitor of a filtered tree sees what matches with the communities above it.
    private IEnumerable<Branch> Branches()
    {
        var children = _tree!.ToLookup(node => node.ParentId);
        return Below(null, 0);

        IEnumerable<Branch> Below(Guid? parent, int depth)
        {
            foreach (var node in children[parent].Where(Shows))
            {
                yield return new(node, depth, Count(node), children.Contains(node.Id));
                foreach (var below in _folded.Contains(node.Id) ? [] : Below(node.Id, depth + 1))
                {
                    yield return below;
                }
            }
        }

        long Count(TreeNode node) => node.IsCollection ? node.Items : children[node.Id].Sum(Count);

        bool Shows(TreeNode node) => string.IsNullOrWhiteSpace(Text)
            || node.Name.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)
            || node.Handle?.Contains(Text.Trim(), StringComparison.Ordinal) == true
            || children[node.Id].Any(Shows);
    }

    private void FilterBy(string? text) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("text", string.IsNullOrWhiteSpace(text) ? null : text));

    private void Fold(Guid id)
    {
        if (!_folded.Remove(id))
        {
            _folded.Add(id);
        }
    }

    private async Task EditAsync(TreeNode? node, bool isCollection, Guid? parentId)
    {
        var title = (node is null ? "New " : "Edit ") + (isCollection ? "collection" : "community");
        var saved = await dialogs.OpenAsync<TreeNodeDialog>(title, new Dictionary<string, object?>
        {
            [nameof(TreeNodeDialog.Node)] = node,
            [nameof(TreeNodeDialog.IsCollection)] = isCollection,
            [nameof(TreeNodeDialog.ParentId)] = parentId,
            [nameof(TreeNodeDialog.Tree)] = _tree,
        }!, new DialogOptions { Width = "min(32rem, 94vw)", CloseDialogOnEsc = true });
        if (saved is true)
        {
            await LoadAsync();
        }
    }

    private Task DeleteAsync(TreeNode node) => AttemptAsync(async () =>
    {
        var question = node.IsCollection
            ? Describe(node, await collections.GetContentsAsync(node.Id, PageLifetime))
            : $"Delete the community {node.Name}? Only an empty one can be deleted. Its handle is never given again.";
        if (await dialogs.Confirm(question, "Delete", new ConfirmOptions { OkButtonText = "Delete", CancelButtonText = "Cancel" }) != true)
        {
            return;
        }

        await (node.IsCollection ? collections.DeleteAsync(node.Id, PageLifetime) : communities.DeleteAsync(node.Id, PageLifetime));
        Notifications.Notify(NotificationSeverity.Success, "Deleted", node.Name);
        await LoadAsync();
    });

    private static string Describe(TreeNode node, CollectionContents contents)
    {
        var taken = contents.Owned == 0
            ? "It owns no items."
            : $"That deletes its {contents.Owned:N0} {(contents.Owned == 1 ? "item" : "items")} with {Shared.ByteSize.Format(contents.Bytes)} of files for good.";
        var kept = contents.Mapped == 0 ? "" : $" The {contents.Mapped:N0} {(contents.Mapped == 1 ? "item that it maps stays" : "items that it maps stay")} in other collections.";
        return $"Delete the collection {node.Name}? {taken}{kept}";
    }

    /// <summary>A line of the tree: a node, how deep it lies, the items in it and below, and whether anything lies in it.</summary>
    private sealed record Branch(TreeNode Node, int Depth, long Items, bool IsParent);
}
