namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Whether harvesters are answered.</summary>
public enum OaiServerState
{
    /// <summary>They are told to come again in an hour.</summary>
    Off,

    /// <summary>They are answered.</summary>
    On,

    /// <summary>They are told to come again in some minutes, because something is being done to the repository.</summary>
    Maintenance,
}

/// <summary>How the provider presents itself. What is empty comes from the settings of the program.</summary>
public sealed class OaiServer
{
    /// <summary>The number of the only row.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>Whether harvesters are answered.</summary>
    public OaiServerState State { get; set; }

    /// <summary>The name of the repository.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where harvesters come, e.g. <c>https://repository.example.org/oai</c>.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Who answers their questions.</summary>
    public IReadOnlyList<string> AdminEmails { get; set; } = [];

    /// <summary>What stands in identifiers for the repository, e.g. <c>repository.example.org</c>.</summary>
    public string RepositoryIdentifier { get; set; } = "";

    /// <summary>What harvesters call items.</summary>
    public OaiIdentifierStyle IdentifierStyle { get; set; }

    /// <summary>A sentence or two about the repository.</summary>
    public string Description { get; set; } = "";

    /// <summary>Base URLs of other repositories that harvesters may want to know of.</summary>
    public IReadOnlyList<string> Friends { get; set; } = [];

    /// <summary>Answers that one address gets in a minute; as many as it asks for when 0.</summary>
    public int MostRequestsPerMinute { get; set; }
}

/// <summary>How the provider presents itself, with everything that is not told filled in.</summary>
public sealed record OaiIdentity
{
    /// <summary>Whether harvesters are answered.</summary>
    public required OaiServerState State { get; init; }

    /// <summary>Whether harvesters are answered now.</summary>
    public bool IsEnabled => State == OaiServerState.On;

    /// <summary>The name of the repository.</summary>
    public required string Name { get; init; }

    /// <summary>Where harvesters come.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Who answers their questions; at least one.</summary>
    public required IReadOnlyList<string> AdminEmails { get; init; }

    /// <summary>What stands in identifiers for the repository.</summary>
    public required string RepositoryIdentifier { get; init; }

    /// <summary>What harvesters call items.</summary>
    public required OaiIdentifierStyle IdentifierStyle { get; init; }

    /// <summary>A sentence or two about the repository; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>Base URLs of other repositories.</summary>
    public required IReadOnlyList<string> Friends { get; init; }

    /// <summary>Answers that one address gets in a minute; as many as it asks for when 0.</summary>
    public required int MostRequestsPerMinute { get; init; }
}
