using AdminPortal.Domain.Oai.Provider;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Oai;

internal sealed class OaiTables : IEntityTypeConfiguration<OaiSet>, IEntityTypeConfiguration<OaiItem>, IEntityTypeConfiguration<OaiRecord>, IEntityTypeConfiguration<OaiServer>
{
    public void Configure(EntityTypeBuilder<OaiSet> builder)
    {
        builder.HasIndex(set => set.Spec).IsUnique();
        builder.Property(set => set.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<OaiServer> builder)
    {
        builder.Property(server => server.Id).ValueGeneratedNever();
        builder.Property(server => server.State).HasConversion<string>();
        builder.Property(server => server.IdentifierStyle).HasConversion<string>();
    }

    // No foreign key to the item: harvesters are told of what is gone.
    public void Configure(EntityTypeBuilder<OaiItem> builder)
    {
        builder.HasIndex(item => item.Handle).IsUnique();
        builder.HasIndex(item => item.ItemId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OaiRecord> builder)
    {
        builder.HasKey(record => new { record.SetId, record.OaiItemId });
        builder.Property(record => record.Reason).HasConversion<string>();
        builder.HasOne<OaiSet>().WithMany().HasForeignKey(record => record.SetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<OaiItem>().WithMany().HasForeignKey(record => record.OaiItemId).OnDelete(DeleteBehavior.Cascade);

        // Lists page by this key.
        builder.HasIndex(record => new { record.SetId, record.Datestamp, record.OaiItemId });
    }
}
