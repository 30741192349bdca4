using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Domain.Data.Migrations;

/// <summary>Written by hand: the order in which followers read the change feed.</summary>
[DbContext(typeof(PortalDb))]
[Migration("20261122100000_FollowTheFeed")]
public sealed class FollowTheFeed : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.CreateIndex("ix_item_change_transaction_position", "item_change", ["transaction", "position"]);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.DropIndex("ix_item_change_transaction_position", "item_change");
    }
}
