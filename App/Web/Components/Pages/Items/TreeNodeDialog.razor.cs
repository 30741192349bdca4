using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminPortal.Web.Components.Pages.Items;

/// <summary>Creates or edits a community or collection; the dialog closes with true when that was done.</summary>
public sealed partial class TreeNodeDialog(CommunityService communities, CollectionService collections, DialogService dialogs)
{
    private static readonly IReadOnlyDictionary<string, object> _label = new Dictionary<string, object> { ["aria-label"] = "Lies in" };

    private readonly Input _input = new();
    private List<KeyValuePair<Guid?, string>> _parents = [];
    private bool _busy;

    /// <summary>What is edited; null to create.</summary>
    [Parameter]
    public TreeNode? Node { get; set; }

    /// <summary>Whether it is a collection rather than a community.</summary>
    [Parameter]
    public bool IsCollection { get; set; }

    /// <summary>The community that it lies in.</summary>
    [Parameter]
    public Guid? ParentId { get; set; }

    /// <summary>The whole tree.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TreeNode> Tree { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        var communitiesById = Tree.Where(node => !node.IsCollection).ToDictionary(node => node.Id);
        _parents = [.. communitiesById.Values
            .Where(node => Node is null || !Path(node).Contains(Node))
            .Select(node => KeyValuePair.Create((Guid?)node.Id, string.Join(" › ", Path(node).Reverse().Select(above => above.Name))))
            .OrderBy(parent => parent.Value, StringComparer.OrdinalIgnoreCase)];
        (_input.Name, _input.Description, _input.ParentId) = (Node?.Name ?? "", Node?.Description, ParentId ?? (IsCollection && _parents.Count == 1 ? _parents[0].Key : null));

        IEnumerable<TreeNode> Path(TreeNode node)
        {
            yield return node;
            while (node.ParentId is { } parent)
            {
                node = communitiesById[parent];
                yield return node;
            }
        }
    }

    private async Task SaveAsync()
    {
        _busy = true;
        var description = string.IsNullOrWhiteSpace(_input.Description) ? null : _input.Description.Trim();
        if (await AttemptAsync(() => SaveAsync(description)))
        {
            dialogs.Close(true);
        }

        _busy = false;
    }

    private Task SaveAsync(string? description) => (Node, IsCollection) switch
    {
        (null, false) => communities.CreateAsync(_input.Name, description, _input.ParentId, PageLifetime),
        (null, true) when _input.ParentId is null && _parents.Count > 0 => throw new Domain.Common.PortalException("A collection lies in a community. Choose one."),
        (null, true) => collections.CreateAsync(_input.Name, description, _input.ParentId?.ToString(), PageLifetime),
        ({ } node, false) => communities.UpdateAsync(node.Id, _input.Name, description, _input.ParentId, PageLifetime),
        ({ } node, true) => collections.UpdateAsync(node.Id, _input.Name, description, _input.ParentId!.Value, PageLifetime),
    };

    private sealed class Input
    {
        public string Name { get; set; } = "";

        public string? Description { get; set; }

        public Guid? ParentId { get; set; }
    }
}
