using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AdminPortal.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class CompleteSaf : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "bytes",
                table: "process_journal",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "changes",
                table: "process_journal",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "title",
                table: "process",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "kept_content",
                columns: table => new
                {
                    process_id = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_content", x => new { x.process_id, x.sha256 });
                    table.ForeignKey(
                        name: "fk_kept_content_process_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "loose_content",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    process_id = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loose_content", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "replaced_item",
                columns: table => new
                {
                    process_id = table.Column<long>(type: "bigint", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    before = table.Column<string>(type: "jsonb", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_replaced_item", x => new { x.process_id, x.item_id });
                    table.ForeignKey(
                        name: "fk_replaced_item_process_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_kept_content_sha256",
                table: "kept_content",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "ix_loose_content_process_id",
                table: "loose_content",
                column: "process_id",
                filter: "process_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_loose_content_sha256",
                table: "loose_content",
                column: "sha256");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kept_content");

            migrationBuilder.DropTable(
                name: "loose_content");

            migrationBuilder.DropTable(
                name: "replaced_item");

            migrationBuilder.DropColumn(
                name: "bytes",
                table: "process_journal");

            migrationBuilder.DropColumn(
                name: "changes",
                table: "process_journal");

            migrationBuilder.DropColumn(
                name: "title",
                table: "process");
        }
    }
}
