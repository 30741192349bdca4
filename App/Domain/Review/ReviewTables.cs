using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Review;

internal sealed class ReviewTaskTable : IEntityTypeConfiguration<ReviewTask>
{
    public void Configure(EntityTypeBuilder<ReviewTask> builder)
    {
        builder.HasKey(task => task.ItemId);
        builder.HasIndex(task => new { task.CollectionId, task.Submitted, task.ItemId });
        builder.HasIndex(task => task.ProcessId).HasFilter("notify");
        builder.HasOne<Item>().WithOne().HasForeignKey<ReviewTask>(task => task.ItemId);
        builder.HasOne<Collection>().WithMany().HasForeignKey(task => task.CollectionId);
        builder.HasOne<EPerson>().WithMany().HasForeignKey(task => task.ClaimedById).OnDelete(DeleteBehavior.SetNull);
    }
}
