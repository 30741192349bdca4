using System.Text.Json;

namespace AdminPortal.Domain.Items;

/// <summary>What an item is at one moment, as far as a replacement can change it.</summary>
/// <param name="Metadata">All values in order.</param>
/// <param name="Collections">The collections it is in, the owning one first.</param>
/// <param name="Files">Its files in order.</param>
public sealed record ItemSnapshot(IReadOnlyList<MetadataValue> Metadata, IReadOnlyList<Guid> Collections, IReadOnlyList<FileSnapshot> Files)
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a stored item is now, read with its collections, files and their policies.</summary>
    public static ItemSnapshot Of(Item item) => new(
        item.Metadata,
        [.. item.Collections.OrderBy(membership => membership.Place).Select(membership => membership.CollectionId)],
        [.. item.Bitstreams.OrderBy(file => file.Sequence).Select(FileSnapshot.Of)]);

    /// <summary>The snapshot as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _options);

    /// <summary>The snapshot that <see cref="ToJson"/> wrote.</summary>
    public static ItemSnapshot Parse(string json) => JsonSerializer.Deserialize<ItemSnapshot>(json, _options)!;
}

/// <summary>What one file of an item is at one moment; the members are those of <see cref="Bitstream"/>.</summary>
public sealed record FileSnapshot(
    Guid Id, string Bundle, int Sequence, string Name, string? Description, bool Primary, long Size, string Md5, string Sha256, int? FormatId,
    int? RegisteredStore, string? RegisteredPath, IReadOnlyList<MetadataValue> Metadata, IReadOnlyList<PolicySnapshot> Policies)
{
    /// <summary>What a file is now, read with its policies.</summary>
    public static FileSnapshot Of(Bitstream file) => new(
        file.Id, file.Bundle, file.Sequence, file.Name, file.Description, file.Primary, file.Size, file.Md5, file.Sha256, file.FormatId,
        file.RegisteredStore, file.RegisteredPath, file.Metadata,
        [.. file.Policies.Select(policy => new PolicySnapshot(policy.Action, policy.GroupId)).Order()]);

    /// <summary>Whether two files have the same bytes in the same place.</summary>
    public bool HasContentOf(FileSnapshot other) => Sha256 == other.Sha256 && RegisteredStore == other.RegisteredStore && RegisteredPath == other.RegisteredPath;

    /// <summary>Whether everything about two files is the same but their ids and places.</summary>
    public bool IsDescribedAs(FileSnapshot other) =>
        Bundle == other.Bundle && Name == other.Name && Description == other.Description && Primary == other.Primary
        && Metadata.SequenceEqual(other.Metadata) && Policies.SequenceEqual(other.Policies);

    /// <summary>The file as it is stored.</summary>
    public Bitstream ToBitstream(Guid itemId) => new()
    {
        Id = Id,
        ItemId = itemId,
        Bundle = Bundle,
        Sequence = Sequence,
        Name = Name,
        Description = Description,
        Primary = Primary,
        Size = Size,
        Md5 = Md5,
        Sha256 = Sha256,
        FormatId = FormatId,
        RegisteredStore = RegisteredStore,
        RegisteredPath = RegisteredPath,
        Metadata = Metadata,
        Policies = [.. Policies.Select(policy => new Policy { Action = policy.Action, GroupId = policy.GroupId, BitstreamId = Id })],
    };
}

/// <summary>That a group may do something with a file.</summary>
/// <param name="Action">What.</param>
/// <param name="GroupId">Which group.</param>
public sealed record PolicySnapshot(PolicyAction Action, Guid GroupId) : IComparable<PolicySnapshot>
{
    /// <inheritdoc/>
    public int CompareTo(PolicySnapshot? other) => other is null ? 1 : (Action, GroupId).CompareTo((other.Action, other.GroupId));
}
