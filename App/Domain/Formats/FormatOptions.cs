namespace AdminPortal.Domain.Formats;

/// <summary>In which formats items are kept; section <c>Formats</c> of the settings.</summary>
public sealed class FormatOptions
{
    /// <summary>The prefixes of the formats, separated by blanks. Each costs room, and time when items change. <c>oai_dc</c>, which every harvester asks for, is always one of them.</summary>
    public string On { get; init; } = "oai_dc qdc oai_datacite";

    /// <summary>The prefixes, each once.</summary>
    public IReadOnlySet<string> Prefixes => new HashSet<string>(On.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(new OaiDc().Format.Prefix), StringComparer.Ordinal);
}
