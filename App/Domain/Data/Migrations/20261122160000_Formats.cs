using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class Formats : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "item_format",
                columns: table => new
                {
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    prefix = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    xml = table.Column<byte[]>(type: "bytea", nullable: true),
                    checksum = table.Column<Guid>(type: "uuid", nullable: true),
                    exported = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    microseconds = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_format", x => new { x.item_id, x.prefix });
                });

            migrationBuilder.CreateTable(
                name: "kept_format",
                columns: table => new
                {
                    prefix = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_format", x => x.prefix);
                });

            migrationBuilder.CreateTable(
                name: "oai_server",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    is_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    base_url = table.Column<string>(type: "text", nullable: false),
                    admin_emails = table.Column<string[]>(type: "text[]", nullable: false),
                    repository_identifier = table.Column<string>(type: "text", nullable: false),
                    identifier_style = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    friends = table.Column<string[]>(type: "text[]", nullable: false),
                    most_requests_per_minute = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_oai_server", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_item_format_failed",
                table: "item_format",
                column: "prefix",
                filter: "error IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_item_format_prefix_item_id",
                table: "item_format",
                columns: new[] { "prefix", "item_id" },
                filter: "xml IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "item_format");

            migrationBuilder.DropTable(
                name: "kept_format");

            migrationBuilder.DropTable(
                name: "oai_server");
        }
    }
}
