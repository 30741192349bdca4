namespace AdminPortal.Domain.Data;

/// <summary>One key of the ring with which all nodes protect cookies and tokens.</summary>
public sealed class DataProtectionKey
{
    /// <summary>The row's number.</summary>
    public int Id { get; init; }

    /// <summary>What ASP.NET Core calls the key.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The key as ASP.NET Core writes it.</summary>
    public required string Xml { get; init; }
}
