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

            migrationBuilder.AddColumn<string>(
                name: "entity_type",
                table: "item",
                type: "text",
                nullable: true,
                computedColumnSql: "left(jsonb_path_query_first(metadata, '$[*] ? (@.field == \"dspace.entity.type\").value') #>> '{}', 2000)",
                stored: true);

            migrationBuilder.CreateTable(
                name: "entity_type",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    label = table.Column<string>(type: "text", nullable: false, collation: "case_insensitive")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entity_type", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "export_item",
                columns: table => new
                {
                    process_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_export_item", x => new { x.process_id, x.number });
                    table.ForeignKey(
                        name: "fk_export_item_process_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "export_part",
                columns: table => new
                {
                    process_id = table.Column<long>(type: "bigint", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    directory_length = table.Column<long>(type: "bigint", nullable: false),
                    manifest_length = table.Column<long>(type: "bigint", nullable: false),
                    entries = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: true),
                    delivered = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_export_part", x => new { x.process_id, x.part });
                    table.ForeignKey(
                        name: "fk_export_part_process_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

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
                name: "partial_upload",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    secret_hash = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    offset = table.Column<long>(type: "bigint", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    metadata = table.Column<string>(type: "text", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: true),
                    finished = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partial_upload", x => x.id);
                    table.ForeignKey(
                        name: "fk_partial_upload_eperson_owner_id",
                        column: x => x.owner_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "pending_relationship",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    process_id = table.Column<long>(type: "bigint", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    field = table.Column<string>(type: "text", nullable: true),
                    value = table.Column<string>(type: "text", nullable: false),
                    file = table.Column<string>(type: "text", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pending_relationship", x => x.id);
                    table.ForeignKey(
                        name: "fk_pending_relationship_item_item_id",
                        column: x => x.item_id,
                        principalTable: "item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_pending_relationship_process_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
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

            migrationBuilder.CreateTable(
                name: "relationship_type",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    left_entity_id = table.Column<int>(type: "integer", nullable: false),
                    right_entity_id = table.Column<int>(type: "integer", nullable: false),
                    leftward_name = table.Column<string>(type: "text", nullable: false, collation: "case_insensitive"),
                    rightward_name = table.Column<string>(type: "text", nullable: false, collation: "case_insensitive"),
                    left_min = table.Column<int>(type: "integer", nullable: false),
                    left_max = table.Column<int>(type: "integer", nullable: true),
                    right_min = table.Column<int>(type: "integer", nullable: false),
                    right_max = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relationship_type", x => x.id);
                    table.ForeignKey(
                        name: "fk_relationship_type_entity_type_left_entity_id",
                        column: x => x.left_entity_id,
                        principalTable: "entity_type",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_relationship_type_entity_type_right_entity_id",
                        column: x => x.right_entity_id,
                        principalTable: "entity_type",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "relationship",
                columns: table => new
                {
                    type_id = table.Column<int>(type: "integer", nullable: false),
                    left_id = table.Column<Guid>(type: "uuid", nullable: false),
                    right_id = table.Column<Guid>(type: "uuid", nullable: false),
                    left_place = table.Column<int>(type: "integer", nullable: false),
                    right_place = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relationship", x => new { x.type_id, x.left_id, x.right_id });
                    table.ForeignKey(
                        name: "fk_relationship_item_left_id",
                        column: x => x.left_id,
                        principalTable: "item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_relationship_item_right_id",
                        column: x => x.right_id,
                        principalTable: "item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_relationship_relationship_type_type_id",
                        column: x => x.type_id,
                        principalTable: "relationship_type",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_item_metadata",
                table: "item",
                column: "metadata")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "jsonb_path_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_collection_reviewer_group_id",
                table: "collection",
                column: "reviewer_group_id");

            migrationBuilder.CreateIndex(
                name: "ix_entity_type_label",
                table: "entity_type",
                column: "label",
                unique: true);

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

            migrationBuilder.CreateIndex(
                name: "ix_mail_next_attempt",
                table: "mail",
                column: "next_attempt",
                filter: "next_attempt is not null");

            migrationBuilder.CreateIndex(
                name: "ix_partial_upload_expires",
                table: "partial_upload",
                column: "expires");

            migrationBuilder.CreateIndex(
                name: "ix_partial_upload_owner_id",
                table: "partial_upload",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_pending_relationship_item_id",
                table: "pending_relationship",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "ix_pending_relationship_process_id_id",
                table: "pending_relationship",
                columns: new[] { "process_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_relationship_left_id_type_id_left_place",
                table: "relationship",
                columns: new[] { "left_id", "type_id", "left_place" });

            migrationBuilder.CreateIndex(
                name: "ix_relationship_right_id_type_id_right_place",
                table: "relationship",
                columns: new[] { "right_id", "type_id", "right_place" });

            migrationBuilder.CreateIndex(
                name: "ix_relationship_type_left_entity_id_right_entity_id_leftward_n~",
                table: "relationship_type",
                columns: new[] { "left_entity_id", "right_entity_id", "leftward_name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_relationship_type_left_entity_id_right_entity_id_rightward_~",
                table: "relationship_type",
                columns: new[] { "left_entity_id", "right_entity_id", "rightward_name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_relationship_type_right_entity_id",
                table: "relationship_type",
                column: "right_entity_id");

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
                name: "export_item");

            migrationBuilder.DropTable(
                name: "export_part");

            migrationBuilder.DropTable(
                name: "kept_content");

            migrationBuilder.DropTable(
                name: "loose_content");

            migrationBuilder.DropTable(
                name: "mail");

            migrationBuilder.DropTable(
                name: "partial_upload");

            migrationBuilder.DropTable(
                name: "pending_relationship");

            migrationBuilder.DropTable(
                name: "relationship");

            migrationBuilder.DropTable(
                name: "replaced_item");

            migrationBuilder.DropTable(
                name: "review_task");

            migrationBuilder.DropTable(
                name: "relationship_type");

            migrationBuilder.DropTable(
                name: "entity_type");

            migrationBuilder.DropIndex(
                name: "ix_item_metadata",
                table: "item");

            migrationBuilder.DropIndex(
                name: "ix_collection_reviewer_group_id",
                table: "collection");

            migrationBuilder.DropColumn(
                name: "entity_type",
                table: "item");

            migrationBuilder.DropColumn(
                name: "bytes",
                table: "process_journal");

            migrationBuilder.DropColumn(
                name: "changes",
                table: "process_journal");

            migrationBuilder.DropColumn(
                name: "title",
                table: "process");

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
