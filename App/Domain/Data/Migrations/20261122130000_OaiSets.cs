using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AdminPortal.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class OaiSets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "feed_place",
                columns: table => new
                {
                    follower = table.Column<string>(type: "text", nullable: false),
                    transaction = table.Column<ulong>(type: "xid8", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feed_place", x => x.follower);
                });

            migrationBuilder.CreateTable(
                name: "oai_item",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    handle = table.Column<string>(type: "text", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_oai_item", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "oai_set",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    spec = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    query = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    is_live = table.Column<bool>(type: "boolean", nullable: false),
                    is_implied = table.Column<bool>(type: "boolean", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_modified = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    last_refresh = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    refreshed_as = table.Column<Guid>(type: "uuid", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    deleted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    members = table.Column<long>(type: "bigint", nullable: false),
                    tombstones = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_oai_set", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "oai_record",
                columns: table => new
                {
                    set_id = table.Column<int>(type: "integer", nullable: false),
                    oai_item_id = table.Column<long>(type: "bigint", nullable: false),
                    datestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_oai_record", x => new { x.set_id, x.oai_item_id });
                    table.ForeignKey(
                        name: "fk_oai_record_oai_item_oai_item_id",
                        column: x => x.oai_item_id,
                        principalTable: "oai_item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_oai_record_oai_set_set_id",
                        column: x => x.set_id,
                        principalTable: "oai_set",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_oai_item_handle",
                table: "oai_item",
                column: "handle",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_oai_item_item_id",
                table: "oai_item",
                column: "item_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_oai_record_oai_item_id",
                table: "oai_record",
                column: "oai_item_id");

            migrationBuilder.CreateIndex(
                name: "ix_oai_record_set_id_datestamp_oai_item_id",
                table: "oai_record",
                columns: new[] { "set_id", "datestamp", "oai_item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_oai_set_spec",
                table: "oai_set",
                column: "spec",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "feed_place");

            migrationBuilder.DropTable(
                name: "oai_record");

            migrationBuilder.DropTable(
                name: "oai_item");

            migrationBuilder.DropTable(
                name: "oai_set");
        }
    }
}
