using System;
using System.Net;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AdminPortal.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class OaiRequests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "oai_server",
                type: "text",
                nullable: false,
                defaultValue: "Off");
            migrationBuilder.Sql("UPDATE oai_server SET state = 'On' WHERE is_enabled");
            migrationBuilder.DropColumn(
                name: "is_enabled",
                table: "oai_server");

            migrationBuilder.CreateTable(
                name: "oai_harvester_day",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    address = table.Column<IPAddress>(type: "inet", nullable: false),
                    user_agent = table.Column<string>(type: "text", nullable: false),
                    set_spec = table.Column<string>(type: "text", nullable: false),
                    metadata_prefix = table.Column<string>(type: "text", nullable: false),
                    requests = table.Column<long>(type: "bigint", nullable: false),
                    records = table.Column<long>(type: "bigint", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    errors = table.Column<long>(type: "bigint", nullable: false),
                    first_seen = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    listed = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    goes_on = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                });

            // EF Core takes no addresses into keys.
            migrationBuilder.Sql("ALTER TABLE oai_harvester_day ADD CONSTRAINT pk_oai_harvester_day PRIMARY KEY (day, address, user_agent, set_spec, metadata_prefix)");

            migrationBuilder.CreateTable(
                name: "oai_request",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    address = table.Column<IPAddress>(type: "inet", nullable: false),
                    user_agent = table.Column<string>(type: "text", nullable: false),
                    verb = table.Column<string>(type: "text", nullable: true),
                    metadata_prefix = table.Column<string>(type: "text", nullable: true),
                    set_spec = table.Column<string>(type: "text", nullable: true),
                    asked_from = table.Column<string>(type: "text", nullable: true),
                    asked_until = table.Column<string>(type: "text", nullable: true),
                    is_resumed = table.Column<bool>(type: "boolean", nullable: false),
                    goes_on = table.Column<bool>(type: "boolean", nullable: false),
                    records = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    milliseconds = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_oai_request", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_oai_request_address_at_id",
                table: "oai_request",
                columns: new[] { "address", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_oai_request_at_id",
                table: "oai_request",
                columns: new[] { "at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "oai_harvester_day");

            migrationBuilder.DropTable(
                name: "oai_request");

            migrationBuilder.AddColumn<bool>(
                name: "is_enabled",
                table: "oai_server",
                type: "boolean",
                nullable: false,
                defaultValue: false);
            migrationBuilder.Sql("UPDATE oai_server SET is_enabled = state = 'On'");
            migrationBuilder.DropColumn(
                name: "state",
                table: "oai_server");
        }
    }
}
