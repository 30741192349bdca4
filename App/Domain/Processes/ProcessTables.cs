using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Processes;

internal sealed class ProcessTable : IEntityTypeConfiguration<Process>
{
    public void Configure(EntityTypeBuilder<Process> builder)
    {
        builder.Property(process => process.State).HasConversion<string>();
        builder.Property(process => process.Parameters).HasColumnType("jsonb");
        builder.HasIndex(process => process.Created);
        builder.HasIndex(process => process.State).HasFilter("state in ('Queued', 'Running')");
        builder.HasOne<EPerson>().WithMany().HasForeignKey(process => process.OwnerId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany<JournalEntry>().WithOne().HasForeignKey(entry => entry.ProcessId);
        builder.HasMany<LogLine>().WithOne().HasForeignKey(line => line.ProcessId);
        builder.HasMany<ProcessFinding>().WithOne().HasForeignKey(finding => finding.ProcessId);
        builder.HasMany<ProcessFile>().WithOne().HasForeignKey(file => file.ProcessId);
        builder.HasMany<ReplacedItem>().WithOne().HasForeignKey(item => item.ProcessId);
        builder.HasMany<KeptContent>().WithOne().HasForeignKey(content => content.ProcessId);
    }
}

internal sealed class JournalTable : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.ToTable("process_journal");
        builder.HasKey(entry => new { entry.ProcessId, entry.Name });
        builder.Property(entry => entry.Name).UseCollation("C");
        builder.Property(entry => entry.Place).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.Outcome).HasConversion<string>();
        builder.Property(entry => entry.Changes).HasColumnType("jsonb");
        builder.HasIndex(entry => new { entry.ProcessId, entry.Outcome, entry.Place });
        builder.HasIndex(entry => entry.ItemId);
    }
}

internal sealed class ReplacedItemTables : IEntityTypeConfiguration<ReplacedItem>, IEntityTypeConfiguration<KeptContent>
{
    public void Configure(EntityTypeBuilder<ReplacedItem> builder)
    {
        builder.HasKey(item => new { item.ProcessId, item.ItemId });
        builder.Property(item => item.Before).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<KeptContent> builder)
    {
        builder.HasKey(content => new { content.ProcessId, content.Sha256 });
        builder.HasIndex(content => content.Sha256);
    }
}

internal sealed class LogLineTable : IEntityTypeConfiguration<LogLine>
{
    public void Configure(EntityTypeBuilder<LogLine> builder)
    {
        builder.ToTable("process_log");
        builder.HasKey(line => new { line.ProcessId, line.Number });
        builder.HasIndex(line => new { line.ProcessId, line.Level, line.Number }).HasFilter($"level >= {(int)Severity.Warning}");
    }
}

internal sealed class ProcessFindingTable : IEntityTypeConfiguration<ProcessFinding>
{
    public void Configure(EntityTypeBuilder<ProcessFinding> builder) => builder.HasIndex(finding => new { finding.ProcessId, finding.Severity, finding.Id });
}

internal sealed class ProcessFileTable : IEntityTypeConfiguration<ProcessFile>
{
    public void Configure(EntityTypeBuilder<ProcessFile> builder)
    {
        builder.HasKey(file => new { file.ProcessId, file.Name });
        builder.HasIndex(file => file.Sha256);
    }
}
