using System.Text.Json;
using AdminPortal.Domain.EPeople;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AdminPortal.Domain.Items;

internal sealed class ItemTable : IEntityTypeConfiguration<Item>
{
    public void Configure(EntityTypeBuilder<Item> builder)
    {
        builder.Property(item => item.State).HasConversion<string>();
        builder.Property(item => item.Metadata).HasMetadataConversion();
        builder.Property(item => item.Title).HasComputedColumnSql(FirstValue("dc.title"), stored: true);
        builder.Property(item => item.Issued).HasComputedColumnSql(FirstValue("dc.date.issued"), stored: true);
        builder.Property(item => item.EntityType).HasComputedColumnSql(FirstValue(EntityType.Field), stored: true);
        builder.HasIndex(item => item.LastModified);

        // Answers `metadata @> '[{"field":"dc.title","value":"…"}]'`: which items have a value.
        builder.HasIndex(item => item.Metadata).HasMethod("gin").HasOperators("jsonb_path_ops");
        builder.HasOne<EPerson>().WithMany().HasForeignKey(item => item.SubmitterId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(item => item.Collections).WithOne().HasForeignKey(membership => membership.ItemId);
        builder.HasMany(item => item.Bitstreams).WithOne().HasForeignKey(bitstream => bitstream.ItemId);
        builder.HasMany(item => item.Policies).WithOne().HasForeignKey(policy => policy.ItemId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(item => item.Handle).WithOne().HasForeignKey<Handle>(handle => handle.ItemId).OnDelete(DeleteBehavior.SetNull);
    }

    // 2,000 characters are ample for a list and fit an index entry.
    private static string FirstValue(string field) =>
        $$"""left(jsonb_path_query_first(metadata, '$[*] ? (@.field == "{{field}}").value') #>> '{}', 2000)""";
}

internal sealed class CollectionItemTable : IEntityTypeConfiguration<CollectionItem>
{
    public void Configure(EntityTypeBuilder<CollectionItem> builder)
    {
        builder.HasKey(membership => new { membership.ItemId, membership.CollectionId });
        builder.HasIndex(membership => new { membership.CollectionId, membership.ItemId });
        builder.HasIndex(membership => membership.ItemId).IsUnique().HasFilter("place = 0").HasDatabaseName("collection_item_one_owner");
    }
}

internal sealed class BitstreamTable : IEntityTypeConfiguration<Bitstream>
{
    public void Configure(EntityTypeBuilder<Bitstream> builder)
    {
        builder.Property(bitstream => bitstream.Metadata).HasMetadataConversion();
        builder.HasIndex(bitstream => new { bitstream.ItemId, bitstream.Sequence }).IsUnique();
        builder.HasIndex(bitstream => bitstream.Sha256);
        builder.HasMany(bitstream => bitstream.Policies).WithOne().HasForeignKey(policy => policy.BitstreamId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CollectionTables :
    IEntityTypeConfiguration<Community>, IEntityTypeConfiguration<Collection>, IEntityTypeConfiguration<Curatorship>
{
    public void Configure(EntityTypeBuilder<Community> builder)
    {
        builder.HasOne<Community>().WithMany().HasForeignKey(community => community.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(community => community.Handle).WithOne().HasForeignKey<Handle>(handle => handle.CommunityId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<Collection> builder)
    {
        builder.HasOne(collection => collection.Community).WithMany().HasForeignKey(collection => collection.CommunityId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(collection => collection.Template).HasMetadataConversion().HasDefaultValueSql("'[]'");

        // Without its group a collection would archive unseen what was to be reviewed.
        builder.HasOne<Group>().WithMany().HasForeignKey(collection => collection.ReviewerGroupId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(collection => collection.Handle).WithOne().HasForeignKey<Handle>(handle => handle.CollectionId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(collection => collection.Policies).WithOne().HasForeignKey(policy => policy.CollectionId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Curatorship> builder)
    {
        builder.HasOne<EPerson>().WithMany().HasForeignKey(curatorship => curatorship.EPersonId);
        builder.HasOne<Community>().WithMany().HasForeignKey(curatorship => curatorship.CommunityId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Collection>().WithMany().HasForeignKey(curatorship => curatorship.CollectionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class HandleTable : IEntityTypeConfiguration<Handle>
{
    public void Configure(EntityTypeBuilder<Handle> builder) => builder.HasKey(handle => handle.Value);
}

internal sealed class PolicyTable : IEntityTypeConfiguration<Policy>
{
    public void Configure(EntityTypeBuilder<Policy> builder)
    {
        builder.Property(policy => policy.Action).HasConversion<string>();
        builder.HasOne(policy => policy.Group).WithMany().HasForeignKey(policy => policy.GroupId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ItemChangeTables : IEntityTypeConfiguration<ItemChange>, IEntityTypeConfiguration<FeedPlace>, IEntityTypeConfiguration<ItemEvent>
{
    public void Configure(EntityTypeBuilder<ItemChange> builder)
    {
        builder.HasKey(change => change.Position);
        builder.Property(change => change.Transaction).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        builder.HasIndex(change => new { change.Transaction, change.Position });
    }

    public void Configure(EntityTypeBuilder<FeedPlace> builder)
    {
        builder.HasKey(place => place.Follower);
        builder.Property(place => place.Transaction).HasColumnType("xid8");
    }

    public void Configure(EntityTypeBuilder<ItemEvent> builder) => builder.HasIndex(happening => happening.ItemId);
}

internal sealed class RegistryTables :
    IEntityTypeConfiguration<MetadataSchema>, IEntityTypeConfiguration<MetadataField>, IEntityTypeConfiguration<BitstreamFormat>
{
    public void Configure(EntityTypeBuilder<MetadataSchema> builder)
    {
        builder.HasIndex(schema => schema.Prefix).IsUnique();
        builder.HasIndex(schema => schema.Namespace).IsUnique();
        builder.HasMany(schema => schema.Fields).WithOne(field => field.Schema).HasForeignKey(field => field.SchemaId);
    }

    public void Configure(EntityTypeBuilder<MetadataField> builder) =>
        builder.HasIndex(field => new { field.SchemaId, field.Element, field.Qualifier }).IsUnique().AreNullsDistinct(false);

    public void Configure(EntityTypeBuilder<BitstreamFormat> builder) => builder.Property(format => format.Support).HasConversion<string>();
}

internal static class MetadataConversion
{
    public static PropertyBuilder<IReadOnlyList<MetadataValue>> HasMetadataConversion(this PropertyBuilder<IReadOnlyList<MetadataValue>> property) =>
        property.HasColumnType("jsonb").HasConversion(
            new ValueConverter<IReadOnlyList<MetadataValue>, string>(
                values => MetadataJson.Write(values),
                json => MetadataJson.Read(json)),
            new ValueComparer<IReadOnlyList<MetadataValue>>(
                (a, b) => a == b || (a != null && b != null && a.SequenceEqual(b)),
                values => values.Count,
                values => values));
}

/// <summary>An item's values as the JSON that the database keeps: <c>[{"field":"dc.title","value":"…","language":"en"}]</c>.</summary>
internal static class MetadataJson
{
    private static readonly JsonSerializerOptions _options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<MetadataValue> values) => JsonSerializer.Serialize(values, _options);

    public static IReadOnlyList<MetadataValue> Read(string json) => JsonSerializer.Deserialize<List<MetadataValue>>(json, _options) ?? [];
}
