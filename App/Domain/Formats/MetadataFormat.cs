namespace AdminPortal.Domain.Formats;

/// <summary>A format in which items are given away.</summary>
/// <param name="Prefix">What harvesters and scripts call it, e.g. <c>oai_dc</c>.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Namespace">The namespace of its root element.</param>
/// <param name="Schema">Where its XML schema lies.</param>
public sealed record MetadataFormat(string Prefix, string Name, string Namespace, string Schema);
