namespace AdminPortal.Domain.Items;

/// <summary>Which items the outside is told of, where a statement of the database asks.</summary>
internal static class PublishedItem
{
    /// <summary>The condition on a row of <c>item</c>.</summary>
    public const string Condition = $"(item.state = '{nameof(ItemState.Archived)}' AND item.discoverable)";
}
