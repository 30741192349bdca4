using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Formats;

internal sealed class FormatTables : IEntityTypeConfiguration<ItemFormat>, IEntityTypeConfiguration<KeptFormat>
{
    // No foreign key to the item: what follows the change feed removes the formats of items that are gone.
    public void Configure(EntityTypeBuilder<ItemFormat> builder)
    {
        builder.HasKey(format => new { format.ItemId, format.Prefix });

        // Looked up for each record of a page: compared byte by byte, that costs least.
        builder.Property(format => format.Prefix).UseCollation("C");

        // Those that harvesters do not get; few, so that lists can be counted without looking at all.
        builder.HasIndex(format => new { format.Prefix, format.ItemId }).HasFilter("xml IS NULL");
        builder.HasIndex(format => format.Prefix).HasFilter("error IS NOT NULL").HasDatabaseName("ix_item_format_failed");
    }

    public void Configure(EntityTypeBuilder<KeptFormat> builder) => builder.HasKey(format => format.Prefix);
}
