namespace AdminPortal.Domain.Storage;

/// <summary>A file that was sent to the portal and waits for the process that uses it; forgotten after two days.</summary>
public sealed class Upload
{
    /// <summary>The upload's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The file's name at its sender.</summary>
    public required string Name { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The content's address in the store.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Who sent it; null for the operator.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>When it had arrived.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The name to keep of the one that a sender gave: its last part, without control characters.</summary>
    public static string CleanName(string given)
    {
        var last = given.AsSpan(given.AsSpan().LastIndexOfAny('/', '\\') + 1);
        var name = string.Concat(last.ToString().Where(character => !char.IsControl(character))).Trim();
        return name is "" ? "package.zip" : name;
    }
}
