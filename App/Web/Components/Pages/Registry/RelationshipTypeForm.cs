using AdminPortal.Domain.Items;

namespace AdminPortal.Web.Components.Pages.Registry;

/// <summary>A relationship type while it is being written.</summary>
public sealed class RelationshipTypeForm
{
    /// <summary>The left items' entity type; null until chosen.</summary>
    public string? LeftEntity { get; set; }

    /// <summary>The name from the left.</summary>
    public string LeftwardName { get; set; } = "";

    /// <summary>How many a left item needs.</summary>
    public int LeftMin { get; set; }

    /// <summary>How many a left item may have; null for any number.</summary>
    public int? LeftMax { get; set; }

    /// <summary>The right items' entity type; null until chosen.</summary>
    public string? RightEntity { get; set; }

    /// <summary>The name from the right.</summary>
    public string RightwardName { get; set; } = "";

    /// <summary>How many a right item needs.</summary>
    public int RightMin { get; set; }

    /// <summary>How many a right item may have; null for any number.</summary>
    public int? RightMax { get; set; }

    /// <summary>The form filled with a registered type.</summary>
    public static RelationshipTypeForm Of(RelationshipType type) => new()
    {
        LeftEntity = type.LeftEntity!.Label,
        LeftwardName = type.LeftwardName,
        LeftMin = type.LeftMin,
        LeftMax = type.LeftMax,
        RightEntity = type.RightEntity!.Label,
        RightwardName = type.RightwardName,
        RightMin = type.RightMin,
        RightMax = type.RightMax,
    };

    /// <summary>What the service is to register.</summary>
    public RelationshipTypeDraft ToDraft() => new(LeftEntity!, LeftwardName.Trim(), RightEntity!, RightwardName.Trim(), LeftMin, LeftMax, RightMin, RightMax);
}
