using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Items;

public sealed class MetadataRegistryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddFieldAsync_NewSchema_RegistersBoth()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        var registry = scope.Get<MetadataRegistry>();

        await registry.AddSchemaAsync("museum", "https://example.org/museum", Token);
        await registry.AddFieldAsync("museum.object.material", "What it is made of.", Token);
        await registry.AddFieldAsync("museum.object", null, Token);

        Assert.Equal(new("museum", "https://example.org/museum", 2), (await registry.ListSchemasAsync(Token)).Single(schema => schema.Prefix == "museum"));
        var fields = await registry.ListFieldsAsync("museum", null, new(), Token);
        Assert.Equal([("museum.object", null), ("museum.object.material", "What it is made of.")], fields.Rows.Select(field => (field.Name, field.ScopeNote)));
        Assert.True((await registry.GetFieldsAsync(Token)).Contains("museum.object.material"));
    }

    [Theory]
    [InlineData("dc", "https://example.org/other")]
    [InlineData("dublincore", "http://dublincore.org/documents/dcmi-terms/")]
    public async Task AddSchemaAsync_PrefixOrNamespaceTaken_IsAConflict(string prefix, string uri)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);

        await Assert.ThrowsAsync<ConflictException>(() => scope.Get<MetadataRegistry>().AddSchemaAsync(prefix, uri, Token));
    }

    [Theory]
    [InlineData("Museum")]
    [InlineData("1museum")]
    [InlineData("mu.seum")]
    [InlineData("museum\n")]
    [InlineData("")]
    public async Task AddSchemaAsync_PrefixThatNoFieldCouldBeginWith_IsRefused(string prefix)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);

        await Assert.ThrowsAsync<PortalException>(() => scope.Get<MetadataRegistry>().AddSchemaAsync(prefix, "https://example.org/museum", Token));
    }

    [Theory]
    [InlineData("dc")]
    [InlineData("dc.")]
    [InlineData("dc.a.b.c")]
    [InlineData("dc.über")]
    [InlineData("dc.title\n")]
    public async Task AddFieldAsync_NotAFieldsName_IsRefused(string name)
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);

        await Assert.ThrowsAsync<PortalException>(() => scope.Get<MetadataRegistry>().AddFieldAsync(name, null, Token));
    }

    [Fact]
    public async Task AddFieldAsync_KnownFieldOrUnknownSchema_SaysWhich()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        var registry = scope.Get<MetadataRegistry>();

        await Assert.ThrowsAsync<ConflictException>(() => registry.AddFieldAsync("dc.title", null, Token));
        await Assert.ThrowsAsync<ConflictException>(() => registry.AddFieldAsync("dc.Title", null, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => registry.AddFieldAsync("museum.object", null, Token));
    }

    [Fact]
    public async Task DeleteFieldAsync_UsedField_StaysUntilNoItemUsesIt()
    {
        await using var portal = await TestPortal.CreateAsync();
        var collection = await portal.AddCollectionAsync("Theses");
        var item = await portal.AddItemAsync("A thesis", [collection.Id]);
        await using var scope = portal.As(Role.Administrator);
        var registry = scope.Get<MetadataRegistry>();
        var title = (await registry.ListFieldsAsync("dc", "dc.title", new(), Token)).Rows[0];
        var alternative = (await registry.ListFieldsAsync("dc", "dc.title.alternative", new(), Token)).Rows.Single();

        var refusal = await Assert.ThrowsAsync<ConflictException>(() => registry.DeleteFieldAsync(title.Id, Token));
        await registry.DeleteFieldAsync(alternative.Id, Token);
        await scope.Get<ItemService>().DeleteAsync(item.Id, Token);
        await registry.DeleteFieldAsync(title.Id, Token);

        Assert.Contains("dc.title", refusal.Message);
        Assert.Empty((await registry.ListFieldsAsync("dc", "dc.title", new(), Token)).Rows);
        await Assert.ThrowsAsync<NotFoundException>(() => registry.DeleteFieldAsync(title.Id, Token));
    }

    [Fact]
    public async Task SetScopeNoteAsync_NewText_IsFoundBySearchWhateverItsCase()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Administrator);
        var registry = scope.Get<MetadataRegistry>();
        var title = (await registry.ListFieldsAsync(null, "dc.title", new(Take: 1), Token)).Rows[0];

        await registry.SetScopeNoteAsync(title.Id, " How visitors call the Quetzal. ", Token);
        var found = await registry.ListFieldsAsync(null, "quetzal", new(), Token);
        await registry.SetScopeNoteAsync(title.Id, "  ", Token);

        Assert.Equal((1, new(title.Id, "dc.title", "How visitors call the Quetzal.")), (found.Total, found.Rows.Single()));
        Assert.Null((await registry.ListFieldsAsync("dc", "dc.title", new(Take: 1), Token)).Rows[0].ScopeNote);
        Assert.Equal(0, (await registry.ListFieldsAsync(null, "dc%title", new(), Token)).Total);
    }

    [Fact]
    public async Task AnyChange_CallerIsACurator_IsForbidden()
    {
        await using var portal = await TestPortal.CreateAsync();
        await using var scope = portal.As(Role.Curator);
        var registry = scope.Get<MetadataRegistry>();
        var field = (await registry.ListFieldsAsync(null, null, new(Take: 1), Token)).Rows[0];

        await Assert.ThrowsAsync<ForbiddenException>(() => registry.AddSchemaAsync("museum", "https://example.org/museum", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => registry.AddFieldAsync("dc.new", null, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => registry.SetScopeNoteAsync(field.Id, "mine", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => registry.DeleteFieldAsync(field.Id, Token));
    }
}
