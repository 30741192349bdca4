using AdminPortal.Domain.Items;

namespace AdminPortal.Tests.Domain.Items;

public sealed class DefaultRegistryTests
{
    private static readonly string[] _names = [.. DefaultRegistry.Schemas.SelectMany(schema => schema.Fields).Select(field => field.Name)];

    [Theory]
    [InlineData("dc", "http://dublincore.org/documents/dcmi-terms/", 89)]
    [InlineData("dcterms", "http://purl.org/dc/terms/", 55)]
    [InlineData("dspace", "http://dspace.org/dspace", 16)]
    [InlineData("local", "http://dspace.org/namespace/local/", 0)]
    [InlineData("relation", "http://dspace.org/relation", 50)]
    public void Schemas_OfANewRepository_HaveTheirNamespaceAndFields(string prefix, string expectedNamespace, int expectedFields)
    {
        var schema = Assert.Single(DefaultRegistry.Schemas, schema => schema.Prefix == prefix);

        Assert.Equal((expectedNamespace, expectedFields), (schema.Namespace, schema.Fields.Count));
    }

    [Theory]
    [InlineData("dc.contributor.author")]
    [InlineData("dc.title")]
    [InlineData("dcterms.accessRights")]
    [InlineData("dspace.entity.type")]
    [InlineData("eperson.firstname")]
    [InlineData("relation.isAuthorOfPublication.latestForDiscovery")]
    [InlineData("iiif.image.width")]
    [InlineData("person.identifier.orcid")]
    public void Schemas_FieldThatPackagesUse_IsRegistered(string field)
    {
        Assert.Contains(field, _names);
    }

    [Fact]
    public void Schemas_EveryField_StartsWithItsPrefixAndHasTwoOrThreeParts()
    {
        var strays = DefaultRegistry.Schemas
            .SelectMany(schema => schema.Fields, (schema, field) => (schema.Prefix, Parts: field.Name.Split('.')))
            .Where(field => field.Parts[0] != field.Prefix || field.Parts.Length is < 2 or > 3 || field.Parts.Any(part => part == ""));

        Assert.Empty(strays);
    }

    [Fact]
    public void Schemas_EveryField_IsThereOnceAndExplained()
    {
        var twice = _names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(names => names.Count() > 1).Select(names => names.Key);
        var unexplained = DefaultRegistry.Schemas.SelectMany(schema => schema.Fields).Where(field => !field.ScopeNote.EndsWith('.'));

        Assert.Empty(twice);
        Assert.Empty(unexplained);
    }
}
