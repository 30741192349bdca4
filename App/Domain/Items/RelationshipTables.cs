using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Items;

internal sealed class RelationshipTables :
    IEntityTypeConfiguration<EntityType>, IEntityTypeConfiguration<RelationshipType>, IEntityTypeConfiguration<Relationship>
{
    public void Configure(EntityTypeBuilder<EntityType> builder)
    {
        builder.Property(type => type.Label).UseCollation("case_insensitive");
        builder.HasIndex(type => type.Label).IsUnique();
    }

    public void Configure(EntityTypeBuilder<RelationshipType> builder)
    {
        builder.Property(type => type.LeftwardName).UseCollation("case_insensitive");
        builder.Property(type => type.RightwardName).UseCollation("case_insensitive");
        builder.HasOne(type => type.LeftEntity).WithMany().HasForeignKey(type => type.LeftEntityId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(type => type.RightEntity).WithMany().HasForeignKey(type => type.RightEntityId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(type => new { type.LeftEntityId, type.RightEntityId, type.LeftwardName }).IsUnique();
        builder.HasIndex(type => new { type.LeftEntityId, type.RightEntityId, type.RightwardName }).IsUnique();
    }

    // Each end has an index in the order of its places, so that the last place of an item with 100,000 relationships is found as fast as of one with ten.
    public void Configure(EntityTypeBuilder<Relationship> builder)
    {
        builder.HasKey(relationship => new { relationship.TypeId, relationship.LeftId, relationship.RightId });
        builder.HasIndex(relationship => new { relationship.LeftId, relationship.TypeId, relationship.LeftPlace });
        builder.HasIndex(relationship => new { relationship.RightId, relationship.TypeId, relationship.RightPlace });
        builder.HasOne(relationship => relationship.Type).WithMany().HasForeignKey(relationship => relationship.TypeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Item>().WithMany().HasForeignKey(relationship => relationship.LeftId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Item>().WithMany().HasForeignKey(relationship => relationship.RightId).OnDelete(DeleteBehavior.Cascade);
    }
}
