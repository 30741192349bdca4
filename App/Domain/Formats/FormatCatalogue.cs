namespace AdminPortal.Domain.Formats;

/// <summary>The formats that there are, in the order in which they are listed.</summary>
public sealed class FormatCatalogue(IEnumerable<ICrosswalk> crosswalks)
{
    private readonly Dictionary<string, ICrosswalk> _byPrefix = crosswalks.ToDictionary(crosswalk => crosswalk.Format.Prefix, StringComparer.Ordinal);

    /// <summary>The crosswalks that come with the portal.</summary>
    public static IReadOnlyList<ICrosswalk> BuiltIn { get; } =
        [new OaiDc(), new QualifiedDc(), new OaiDatacite(), new Datacite(), new Dim(), new Rdf(), new MarcXml(), new Mods(), new Etdms(), new Xoai(), new Didl(), new Mets()];

    /// <summary>All of them.</summary>
    public IReadOnlyList<ICrosswalk> All { get; } = [.. crosswalks];

    /// <summary>The one with a prefix, case and all as OAI-PMH has it; null when there is none.</summary>
    public ICrosswalk? Find(string prefix) => _byPrefix.GetValueOrDefault(prefix);

    /// <summary>Those that an item can be given in.</summary>
    public IEnumerable<ICrosswalk> For(FormatItem item) => All.Where(crosswalk => crosswalk.Fits(item));
}
