using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace AdminPortal.Tests.Support;

/// <summary>XML schemas of others, which lie beside the repository in <c>../shared/schemas</c> and not in it. Nothing is fetched; tests are skipped where they are absent.</summary>
internal static class SharedSchemas
{
    private static readonly string? _folder = FindFolder();
    private static readonly XmlReaderSettings _reading = new() { XmlResolver = null, DtdProcessing = DtdProcessing.Prohibit };

    /// <summary>The schemas of some files, compiled; skips the test where there are none.</summary>
    /// <param name="wrapper">A schema that includes or imports them, with paths below <c>shared/schemas</c>.</param>
    public static XmlSchemaSet Load(string wrapper)
    {
        Assert.SkipWhen(_folder is null, "../shared/schemas is absent.");
        return Find(wrapper)!;
    }

    /// <summary>The same, for a test that has something to do without them too; null where there are none.</summary>
    public static XmlSchemaSet? Find(string wrapper)
    {
        if (_folder is null)
        {
            return null;
        }

        var schemas = new XmlSchemaSet { XmlResolver = new CatalogResolver(_folder) };
        using var reader = XmlReader.Create(new StringReader(wrapper), _reading, new Uri(Path.Combine(_folder, "wrapper.xsd")).AbsoluteUri);
        schemas.Add(null, reader);
        schemas.Compile();
        return schemas;
    }

    /// <summary>What a schema says against an element; empty when it is valid. An element that no schema knows is a fault too, except where the schema allows any.</summary>
    public static IReadOnlyList<string> Faults(XmlSchemaSet schemas, XElement element)
    {
        List<string> faults = [];
        if (!schemas.GlobalElements.Contains(new XmlQualifiedName(element.Name.LocalName, element.Name.NamespaceName)))
        {
            faults.Add($"{element.Name} is not declared.");
        }

        new XDocument(element).Validate(schemas, (_, fault) => faults.Add(fault.Message));
        return faults;
    }

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "schemas") is var schemas && File.Exists(Path.Combine(schemas, "catalog.xml")))
            {
                return schemas;
            }
        }

        return null;
    }

    // <uri name="http://www.w3.org/2001/xml.xsd" uri="xml.xsd"/>
    private sealed class CatalogResolver(string folder) : XmlUrlResolver
    {
        private readonly Dictionary<string, string> _entries = XDocument.Load(Path.Combine(folder, "catalog.xml")).Root!.Elements()
            .Where(entry => entry.Name.LocalName == "uri").ToDictionary(entry => entry.Attribute("name")!.Value, entry => Path.Combine(folder, entry.Attribute("uri")!.Value));

        public override Uri ResolveUri(Uri? baseUri, string? relativeUri) =>
            relativeUri is not null && _entries.TryGetValue(relativeUri, out var local) ? new Uri(local) : base.ResolveUri(baseUri, relativeUri);

        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
            absoluteUri.IsFile ? base.GetEntity(absoluteUri, role, ofObjectToReturn) : throw new XmlException($"{absoluteUri} is not here.");
    }
}
