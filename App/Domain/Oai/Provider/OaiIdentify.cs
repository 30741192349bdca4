namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Writes who the repository is (OAI-PMH 2.0, section 4.2, and the guidelines for descriptions).</summary>
internal static class OaiIdentify
{
    /// <summary>The codings in which answers can be had; the web server sees to them.</summary>
    public static IReadOnlyList<string> Compressions { get; } = ["br", "gzip"];

    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private const string NoHandle = "123456789/1";

    /// <summary>Writes it.</summary>
    /// <param name="document">Where to.</param>
    /// <param name="identity">Who answers.</param>
    /// <param name="earliest">No datestamp is earlier.</param>
    /// <param name="sample">The handle of an item that can be asked for; null where there is none.</param>
    public static void Write(OaiDocument document, OaiIdentity identity, DateTimeOffset earliest, string? sample)
    {
        document.Begin(nameof(OaiVerb.Identify));
        document.Text("repositoryName", identity.Name);
        document.Text("baseURL", identity.BaseUrl);
        document.Text("protocolVersion", "2.0");
        foreach (var email in identity.AdminEmails)
        {
            document.Text("adminEmail", email);
        }

        document.Text("earliestDatestamp", OaiDocument.Stamp(earliest));
        document.Text("deletedRecord", "persistent");
        document.Text("granularity", "YYYY-MM-DDThh:mm:ssZ");
        foreach (var coding in Compressions)
        {
            document.Text("compression", coding);
        }

        if (identity.IdentifierStyle == OaiIdentifierStyle.Oai)
        {
            Describe(document, "oai-identifier", "oai-identifier", "http://www.openarchives.org/OAI/2.0/oai-identifier",
                [("scheme", "oai"), ("repositoryIdentifier", identity.RepositoryIdentifier), ("delimiter", ":"), ("sampleIdentifier", OaiIdentifier.Of(sample ?? NoHandle, identity))]);
        }

        if (identity.Description.Length > 0)
        {
            Describe(document, "dc", "oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/", [("description", identity.Description)], "http://purl.org/dc/elements/1.1/");
        }

        if (identity.Friends.Count > 0)
        {
            Describe(document, "friends", "friends", "http://www.openarchives.org/OAI/2.0/friends/", [.. identity.Friends.Select(friend => ("baseURL", friend))]);
        }

        document.End();
    }

    private static void Describe(OaiDocument document, string root, string schema, string space, (string Name, string Text)[] elements, string? elementSpace = null)
    {
        document.Begin("description");
        var xml = document.Xml;
        xml.WriteStartElement(root, space);
        xml.WriteAttributeString("xsi", "schemaLocation", Instance, $"{space} http://www.openarchives.org/OAI/2.0/{schema}.xsd");
        foreach (var (name, text) in elements)
        {
            xml.WriteElementString(name, elementSpace ?? space, text);
        }

        xml.WriteEndElement();
        document.End();
    }
}
