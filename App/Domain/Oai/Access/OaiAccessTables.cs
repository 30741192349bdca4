using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.Oai.Access;

internal sealed class OaiAccessTables : IEntityTypeConfiguration<OaiAccess>, IEntityTypeConfiguration<OaiHarvesterDay>
{
    public void Configure(EntityTypeBuilder<OaiAccess> builder)
    {
        builder.ToTable("oai_request");
        builder.HasIndex(request => new { request.At, request.Id });
        builder.HasIndex(request => new { request.Address, request.At, request.Id });
    }

    // EF Core takes no addresses into keys; the migration gives the table one of everything that it counts by.
    public void Configure(EntityTypeBuilder<OaiHarvesterDay> builder) => builder.HasNoKey();
}
