using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>Plants the metadata fields and file formats of a new repository; leaves alone what administrators have changed since.</summary>
internal sealed class RegistrySeed : ISeed
{
    public async Task PlantAsync(PortalDb db, CancellationToken cancellationToken)
    {
        if (!await db.MetadataSchemas.AnyAsync(cancellationToken))
        {
            db.MetadataSchemas.AddRange(DefaultRegistry.Schemas.Select(schema => new MetadataSchema
            {
                Prefix = schema.Prefix,
                Namespace = schema.Namespace,
                Fields = [.. schema.Fields.Select(ToField)],
            }));
        }

        if (!await db.BitstreamFormats.AnyAsync(cancellationToken))
        {
            db.BitstreamFormats.AddRange(DefaultFormats.Read());
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static MetadataField ToField(MetadataFieldSeed seed) =>
        seed.Name.Split('.') is [_, var element, .. var qualifier]
            ? new MetadataField { Element = element, Qualifier = qualifier.FirstOrDefault(), ScopeNote = seed.ScopeNote }
            : throw new InvalidOperationException($"{seed.Name} in metadata-fields.txt is not schema.element[.qualifier].");
}
