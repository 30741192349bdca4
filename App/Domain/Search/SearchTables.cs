using AdminPortal.Domain.EPeople;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Search;

internal sealed class SavedSearchTable : IEntityTypeConfiguration<SavedSearch>
{
    public void Configure(EntityTypeBuilder<SavedSearch> builder)
    {
        builder.Property(search => search.Sort).HasConversion<string>();
        builder.HasIndex(search => new { search.OwnerId, search.Name }).IsUnique();

        // The searches of the shell need one of their own, because to the database no two nulls are equal.
        builder.HasIndex(search => search.Name).IsUnique().HasFilter("owner_id IS NULL").HasDatabaseName("ix_saved_search_name_of_operator");
        builder.HasOne<EPerson>().WithMany().HasForeignKey(search => search.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
