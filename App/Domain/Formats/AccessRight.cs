namespace AdminPortal.Domain.Formats;

/// <summary>Who may read the files of an item, in the words of the vocabularies that harvesters know.</summary>
/// <param name="Uri">The word of OpenAIRE, or of COAR where OpenAIRE has none.</param>
/// <param name="Label">The word for people.</param>
internal sealed record AccessRight(string Uri, string Label)
{
    private static readonly AccessRight _open = new("info:eu-repo/semantics/openAccess", "open access");
    private static readonly AccessRight _restricted = new("info:eu-repo/semantics/restrictedAccess", "restricted access");
    private static readonly AccessRight _metadataOnly = new("http://purl.org/coar/access_right/c_14cb", "metadata only access");

    /// <summary>What holds for an item; as in Dataverse, one closed file makes it restricted.</summary>
    public static AccessRight Of(FormatItem item) => item.Files.Count == 0 ? _metadataOnly : item.Files.All(file => file.IsOpen) ? _open : _restricted;

    /// <summary>Whether a value of the item says it already, and may say more than files can, e.g. that there is an embargo.</summary>
    public static bool IsSaidBy(string text) =>
        (text.StartsWith("info:eu-repo/semantics/", StringComparison.OrdinalIgnoreCase) && text.EndsWith("Access", StringComparison.OrdinalIgnoreCase))
        || text.Contains("purl.org/coar/access_right/", StringComparison.OrdinalIgnoreCase);
}
