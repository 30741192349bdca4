using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Domain.EPeople;

internal sealed class EPersonTable : IEntityTypeConfiguration<EPerson>
{
    public void Configure(EntityTypeBuilder<EPerson> builder)
    {
        builder.ToTable("eperson");
        builder.Property(person => person.Role).HasConversion<string>();
        builder.Property(person => person.Created).HasDefaultValueSql("now()");
    }
}

internal sealed class IdentityTables :
    IEntityTypeConfiguration<IdentityUserClaim<Guid>>, IEntityTypeConfiguration<IdentityUserLogin<Guid>>, IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("eperson_claim");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder) => builder.ToTable("eperson_login");

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder) => builder.ToTable("eperson_token");
}

internal sealed class GroupTable : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> builder)
    {
        builder.ToTable("epersongroup");
        builder.Property(group => group.Name).UseCollation("case_insensitive");
        builder.HasIndex(group => group.Name).IsUnique();
        builder.HasMany(group => group.Members).WithMany().UsingEntity("epersongroup_member", member => member.ToTable("epersongroup_member"));
    }
}

internal sealed class ApiTokenTable : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.HasIndex(token => token.Hash).IsUnique();
        builder.HasOne<EPerson>().WithMany().HasForeignKey(token => token.EPersonId);
    }
}
