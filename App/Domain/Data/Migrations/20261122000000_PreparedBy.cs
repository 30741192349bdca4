using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Domain.Data.Migrations;

/// <summary>Written by hand: which builds have brought this database up to date.</summary>
[DbContext(typeof(PortalDb))]
[Migration("20261122000000_PreparedBy")]
public sealed class PreparedBy : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("CREATE TABLE prepared_by (build text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("DROP TABLE prepared_by");
    }
}
