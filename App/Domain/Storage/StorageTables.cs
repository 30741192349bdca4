using AdminPortal.Domain.EPeople;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Storage;

internal sealed class LooseContentTable : IEntityTypeConfiguration<LooseContent>
{
    public void Configure(EntityTypeBuilder<LooseContent> builder)
    {
        builder.HasIndex(content => content.Sha256);
        builder.HasIndex(content => content.ProcessId).HasFilter("process_id is not null");
    }
}

internal sealed class UploadTable : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> builder) =>
        builder.HasOne<EPerson>().WithMany().HasForeignKey(upload => upload.OwnerId).OnDelete(DeleteBehavior.Cascade);
}

internal sealed class PartialUploadTable : IEntityTypeConfiguration<PartialUpload>
{
    public void Configure(EntityTypeBuilder<PartialUpload> builder)
    {
        builder.HasIndex(upload => upload.Expires);

        // The row outlives the account, because it tells of a file that is to be removed.
        builder.HasOne<EPerson>().WithMany().HasForeignKey(upload => upload.OwnerId).OnDelete(DeleteBehavior.SetNull);
    }
}
