using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Saf;

internal sealed class PendingRelationshipTable : IEntityTypeConfiguration<PendingRelationship>
{
    public void Configure(EntityTypeBuilder<PendingRelationship> builder)
    {
        builder.Ignore(pending => pending.Wanted);
        builder.Property(pending => pending.Target).HasConversion<string>();
        builder.HasIndex(pending => new { pending.ProcessId, pending.Id });
        builder.HasIndex(pending => pending.ItemId);
        builder.HasOne<Process>().WithMany().HasForeignKey(pending => pending.ProcessId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Item>().WithMany().HasForeignKey(pending => pending.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}
