using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>A registered schema as lists show it.</summary>
/// <param name="Prefix">The short name that begins its fields' names.</param>
/// <param name="Namespace">The URI that identifies it.</param>
/// <param name="Fields">How many fields it has.</param>
public sealed record MetadataSchemaRow(string Prefix, string Namespace, int Fields);

/// <summary>A registered field as lists show it.</summary>
/// <param name="Id">The field's number.</param>
/// <param name="Name">The name <c>schema.element[.qualifier]</c>.</param>
/// <param name="ScopeNote">What it is for.</param>
public sealed record MetadataFieldRow(int Id, string Name, string? ScopeNote);

/// <summary>The registry of metadata schemas and fields. Only registered fields may be used.</summary>
public sealed class MetadataRegistry(IDbContextFactory<PortalDb> databases, Caller caller)
{
    /// <summary>All registered fields, for checks.</summary>
    public async Task<MetadataFields> GetFieldsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return new(await db.MetadataFields
            .Select(field => field.Schema!.Prefix + "." + field.Element + (field.Qualifier == null ? "" : "." + field.Qualifier))
            .ToListAsync(cancellationToken));
    }

    /// <summary>All schemas with their fields, in the order of their names.</summary>
    public async Task<IReadOnlyList<MetadataSchema>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.MetadataSchemas.AsNoTracking()
            .Include(schema => schema.Fields.OrderBy(field => field.Element).ThenBy(field => field.Qualifier))
            .OrderBy(schema => schema.Prefix).ToListAsync(cancellationToken);
    }

    /// <summary>The schemas and how many fields each has, in the order of their prefixes.</summary>
    public async Task<IReadOnlyList<MetadataSchemaRow>> ListSchemasAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.MetadataSchemas.OrderBy(schema => schema.Prefix)
            .Select(schema => new MetadataSchemaRow(schema.Prefix, schema.Namespace, schema.Fields.Count)).ToListAsync(cancellationToken);
    }

    /// <summary>One page of the fields, by name.</summary>
    /// <param name="schema">Only those of the schema with this prefix; null for all.</param>
    /// <param name="search">Part of a name or scope note, whatever its case; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Page<MetadataFieldRow>> ListFieldsAsync(string? schema, string? search, PageRequest page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var wanted = LikePattern.Containing(search);
        var fields = db.MetadataFields.Where(field => string.IsNullOrEmpty(schema) || field.Schema!.Prefix == schema)
            .Select(field => new { field.Id, Name = field.Schema!.Prefix + "." + field.Element + (field.Qualifier == null ? "" : "." + field.Qualifier), field.ScopeNote })
            .Where(field => EF.Functions.ILike(field.Name, wanted, LikePattern.Escape) || EF.Functions.ILike(field.ScopeNote!, wanted, LikePattern.Escape));
        var sorted = page.Descending ? fields.OrderByDescending(field => field.Name) : fields.OrderBy(field => field.Name);
        return new(
            await sorted.Skip(page.Skip).Take(page.Take).Select(field => new MetadataFieldRow(field.Id, field.Name, field.ScopeNote)).ToListAsync(cancellationToken),
            await fields.LongCountAsync(cancellationToken));
    }

    /// <summary>Registers a schema.</summary>
    /// <param name="prefix">A short name of lower-case letters and digits, e.g. <c>etd</c>.</param>
    /// <param name="uri">The URI that identifies it.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="ConflictException">The prefix or the URI is registered.</exception>
    public async Task<MetadataSchema> AddSchemaAsync(string prefix, string uri, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("register schemas");
        if (!Regex.IsMatch(prefix, @"^[a-z][a-z0-9]{0,31}\z"))
        {
            throw new PortalException($"\"{prefix}\" cannot be a schema's prefix. Use 1 to 32 lower-case letters and digits, beginning with a letter.");
        }

        if (!Uri.TryCreate(uri, UriKind.Absolute, out _))
        {
            throw new PortalException($"\"{uri}\" is not a URI. Give the schema's namespace, e.g. https://example.org/schema/{prefix}.");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.MetadataSchemas.AnyAsync(schema => schema.Prefix == prefix || schema.Namespace == uri, cancellationToken))
        {
            throw new ConflictException($"A schema with the prefix {prefix} or the namespace {uri} is registered already.");
        }

        var schema = new MetadataSchema { Prefix = prefix, Namespace = uri };
        db.MetadataSchemas.Add(schema);
        await db.SaveChangesAsync(cancellationToken);
        return schema;
    }

    /// <summary>Registers a field.</summary>
    /// <param name="name">The name <c>schema.element[.qualifier]</c>, e.g. <c>etd.degree.grantor</c>.</param>
    /// <param name="scopeNote">What the field is for.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="NotFoundException">The schema is not registered.</exception>
    /// <exception cref="ConflictException">The field is registered; case does not matter.</exception>
    public async Task AddFieldAsync(string name, string? scopeNote, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("register fields");
        if (!Regex.IsMatch(name, @"^[a-z][a-z0-9]*(\.[A-Za-z][A-Za-z0-9_-]*){1,2}\z"))
        {
            throw new PortalException($"\"{name}\" cannot be a field. Write schema.element or schema.element.qualifier, of letters, digits, - and _.");
        }

        var (schemaPrefix, element, qualifier) = name.Split('.') is [var a, var b, .. var rest] ? (a, b, rest.FirstOrDefault()) : default;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var schema = await db.MetadataSchemas.Include(schema => schema.Fields).SingleOrDefaultAsync(schema => schema.Prefix == schemaPrefix, cancellationToken)
            ?? throw new NotFoundException($"No schema has the prefix {schemaPrefix}. Register the schema first.");
        if (schema.Fields.Any(field => Same(field.Element, element) && Same(field.Qualifier, qualifier)))
        {
            throw new ConflictException($"The field {name} is registered already.");
        }

        schema.Fields.Add(new MetadataField { Element = element, Qualifier = qualifier, ScopeNote = scopeNote });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Says anew what a field is for.</summary>
    public async Task SetScopeNoteAsync(int id, string? scopeNote, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("change the metadata registry");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var field = await db.MetadataFields.SingleOrDefaultAsync(field => field.Id == id, cancellationToken)
            ?? throw new NotFoundException("The field is not in the registry any more.");
        field.ScopeNote = scopeNote?.Trim() is { Length: > 0 } note ? note : null;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes a field out of the registry.</summary>
    /// <exception cref="ConflictException">Items use it.</exception>
    public async Task DeleteFieldAsync(int id, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("change the metadata registry");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var field = await db.MetadataFields.Include(field => field.Schema).SingleOrDefaultAsync(field => field.Id == id, cancellationToken)
            ?? throw new NotFoundException("The field is not in the registry any more.");
        var name = string.Join('.', new[] { field.Schema!.Prefix, field.Element, field.Qualifier }.OfType<string>());
        var probe = System.Text.Json.JsonSerializer.Serialize(new[] { new { field = name } });
        if (await db.Items.FromSql($"SELECT * FROM item WHERE metadata @> {probe}::jsonb").AnyAsync(cancellationToken))
        {
            throw new ConflictException($"Items use the field {name}. Change those items first.");
        }

        db.MetadataFields.Remove(field);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
