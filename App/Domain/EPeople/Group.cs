namespace AdminPortal.Domain.EPeople;

/// <summary>A named group of epeople, to which policies give access.</summary>
public sealed class Group
{
    /// <summary>Everybody, signed in or not; exists from the start.</summary>
    public const string Anonymous = "Anonymous";

    /// <summary>The group's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The name, unique whatever its case.</summary>
    public required string Name { get; set; }

    /// <summary>Who belongs to it.</summary>
    public List<EPerson> Members { get; init; } = [];
}
