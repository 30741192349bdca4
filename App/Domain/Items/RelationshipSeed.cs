using System.Globalization;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Items;

/// <summary>Plants the entity types and relationship types of a new repository; leaves alone what administrators have changed since.</summary>
internal sealed class RelationshipSeed : ISeed
{
    public async Task PlantAsync(PortalDb db, CancellationToken cancellationToken)
    {
        if (await db.EntityTypes.AnyAsync(cancellationToken))
        {
            return;
        }

        // relationship-types.txt: entity types first, for the lines below name them.
        //   Journal
        //   Journal  isVolumeOfJournal  JournalVolume  isJournalOfVolume  -  1
        var entities = new Dictionary<string, EntityType>();
        foreach (var row in SeedFile.Rows("relationship-types.txt"))
        {
            if (row is [var label])
            {
                entities.Add(label, new EntityType { Label = label });
                db.EntityTypes.Add(entities[label]);
            }
            else
            {
                db.RelationshipTypes.Add(new RelationshipType
                {
                    LeftEntity = entities[row[0]],
                    LeftwardName = row[1],
                    RightEntity = entities[row[2]],
                    RightwardName = row[3],
                    LeftMax = Most(row, 4),
                    RightMax = Most(row, 5),
                });
            }
        }

        await PlantFieldAsync(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static int? Most(string[] row, int column) =>
        row.Length > column && row[column] != "-" ? int.Parse(row[column], CultureInfo.InvariantCulture) : null;

    // A registry from before this seed may lack the field without which no item has an entity type.
    private static async Task PlantFieldAsync(PortalDb db, CancellationToken cancellationToken)
    {
        var parts = EntityType.Field.Split('.');
        var schema = await db.MetadataSchemas.Include(schema => schema.Fields).SingleOrDefaultAsync(schema => schema.Prefix == parts[0], cancellationToken);
        if (schema is not null && !schema.Fields.Any(field => field.Element == parts[1] && field.Qualifier == parts[2]))
        {
            schema.Fields.Add(new MetadataField { Element = parts[1], Qualifier = parts[2], ScopeNote = "What kind of thing the item describes, e.g. Publication or Person." });
        }
    }
}
