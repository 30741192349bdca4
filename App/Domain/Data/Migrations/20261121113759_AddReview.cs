using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AdminPortal.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class AddReview : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "item_event",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "reviewer_group_id",
                table: "collection",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "template",
                table: "collection",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.CreateTable(
                name: "mail",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    recipient = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sent = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "review_task",
                columns: table => new
                {
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    submitted = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    notify = table.Column<bool>(type: "boolean", nullable: false),
                    process_id = table.Column<long>(type: "bigint", nullable: true),
                    wished_handle = table.Column<string>(type: "text", nullable: true),
                    claimed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    claimed = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_review_task", x => x.item_id);
                    table.ForeignKey(
                        name: "fk_review_task_collection_collection_id",
                        column: x => x.collection_id,
                        principalTable: "collection",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_review_task_eperson_claimed_by_id",
                        column: x => x.claimed_by_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_review_task_item_item_id",
                        column: x => x.item_id,
                        principalTable: "item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_collection_reviewer_group_id",
                table: "collection",
                column: "reviewer_group_id");

            migrationBuilder.CreateIndex(
                name: "ix_mail_next_attempt",
                table: "mail",
                column: "next_attempt",
                filter: "next_attempt is not null");

            migrationBuilder.CreateIndex(
                name: "ix_review_task_claimed_by_id",
                table: "review_task",
                column: "claimed_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_review_task_collection_id_submitted_item_id",
                table: "review_task",
                columns: new[] { "collection_id", "submitted", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_review_task_process_id",
                table: "review_task",
                column: "process_id",
                filter: "notify");

            migrationBuilder.AddForeignKey(
                name: "fk_collection_epersongroup_reviewer_group_id",
                table: "collection",
                column: "reviewer_group_id",
                principalTable: "epersongroup",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_collection_epersongroup_reviewer_group_id",
                table: "collection");

            migrationBuilder.DropTable(
                name: "mail");

            migrationBuilder.DropTable(
                name: "review_task");

            migrationBuilder.DropIndex(
                name: "ix_collection_reviewer_group_id",
                table: "collection");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "item_event");

            migrationBuilder.DropColumn(
                name: "reviewer_group_id",
                table: "collection");

            migrationBuilder.DropColumn(
                name: "template",
                table: "collection");
        }
    }
}
