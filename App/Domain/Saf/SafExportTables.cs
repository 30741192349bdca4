using AdminPortal.Domain.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Saf;

/// <summary>That an export will take an item, as was found when its run began.</summary>
public sealed class SafExportItem
{
    /// <summary>The export.</summary>
    public required long ProcessId { get; init; }

    /// <summary>The number of the item's folder.</summary>
    public required long Number { get; init; }

    /// <summary>The item, which may have been deleted since.</summary>
    public required Guid ItemId { get; init; }
}

/// <summary>How far an export has come with one of its ZIPs. What lies behind these lengths was not committed and does not count.</summary>
public sealed class SafExportPart
{
    /// <summary>The export.</summary>
    public required long ProcessId { get; init; }

    /// <summary>The ZIP's number, from 1.</summary>
    public required int Part { get; init; }

    /// <summary>Bytes of its entries.</summary>
    public long Length { get; set; }

    /// <summary>Bytes of its central directory, which lies in a file of its own until the ZIP is finished.</summary>
    public long DirectoryLength { get; set; }

    /// <summary>Bytes of its list of checksums, which does so too.</summary>
    public long ManifestLength { get; set; }

    /// <summary>How many entries it has.</summary>
    public long Entries { get; set; }

    /// <summary>The SHA-256 of the finished ZIP; null before.</summary>
    public string? Sha256 { get; set; }

    /// <summary>Whether the finished ZIP is where it belongs.</summary>
    public bool Delivered { get; set; }
}

internal sealed class SafExportTables : IEntityTypeConfiguration<SafExportItem>, IEntityTypeConfiguration<SafExportPart>
{
    public void Configure(EntityTypeBuilder<SafExportItem> builder)
    {
        builder.ToTable("export_item");
        builder.HasKey(item => new { item.ProcessId, item.Number });
        builder.HasOne<Process>().WithMany().HasForeignKey(item => item.ProcessId);
    }

    public void Configure(EntityTypeBuilder<SafExportPart> builder)
    {
        builder.ToTable("export_part");
        builder.HasKey(part => new { part.ProcessId, part.Part });
        builder.HasOne<Process>().WithMany().HasForeignKey(part => part.ProcessId);
    }
}
