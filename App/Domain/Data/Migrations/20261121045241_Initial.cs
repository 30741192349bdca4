using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AdminPortal.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:CollationDefinition:case_insensitive", "und-u-ks-level2,und-u-ks-level2,icu,False");

            migrationBuilder.CreateSequence(
                name: "handle_suffix");

            migrationBuilder.CreateTable(
                name: "bitstream_format",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    mime_type = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    support = table.Column<string>(type: "text", nullable: false),
                    @internal = table.Column<bool>(name: "internal", type: "boolean", nullable: false),
                    extensions = table.Column<List<string>>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bitstream_format", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "community",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_community", x => x.id);
                    table.ForeignKey(
                        name: "fk_community_community_parent_id",
                        column: x => x.parent_id,
                        principalTable: "community",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_key",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "eperson",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    last_active = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_eperson", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "epersongroup",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "case_insensitive")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_epersongroup", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "item_change",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    transaction = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_change", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "item_event",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "metadata_schema",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    prefix = table.Column<string>(type: "text", nullable: false),
                    @namespace = table.Column<string>(name: "namespace", type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metadata_schema", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "collection",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    community_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_collection", x => x.id);
                    table.ForeignKey(
                        name: "fk_collection_community_community_id",
                        column: x => x.community_id,
                        principalTable: "community",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "api_token",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    eperson_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_token", x => x.id);
                    table.ForeignKey(
                        name: "fk_api_token_eperson_eperson_id",
                        column: x => x.eperson_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "eperson_claim",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_eperson_claim", x => x.id);
                    table.ForeignKey(
                        name: "fk_eperson_claim_eperson_user_id",
                        column: x => x.user_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "eperson_login",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    provider_key = table.Column<string>(type: "text", nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_eperson_login", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_eperson_login_eperson_user_id",
                        column: x => x.user_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "eperson_token",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_eperson_token", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_eperson_token_eperson_user_id",
                        column: x => x.user_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "item",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    discoverable = table.Column<bool>(type: "boolean", nullable: false),
                    submitter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_modified = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    metadata = table.Column<string>(type: "jsonb", nullable: false),
                    title = table.Column<string>(type: "text", nullable: true, computedColumnSql: "left(jsonb_path_query_first(metadata, '$[*] ? (@.field == \"dc.title\").value') #>> '{}', 2000)", stored: true),
                    issued = table.Column<string>(type: "text", nullable: true, computedColumnSql: "left(jsonb_path_query_first(metadata, '$[*] ? (@.field == \"dc.date.issued\").value') #>> '{}', 2000)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item", x => x.id);
                    table.ForeignKey(
                        name: "fk_item_eperson_submitter_id",
                        column: x => x.submitter_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "process",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    script = table.Column<string>(type: "text", nullable: false),
                    parameters = table.Column<string>(type: "jsonb", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    by_operator = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: true),
                    failures = table.Column<long>(type: "bigint", nullable: false),
                    phase = table.Column<string>(type: "text", nullable: true),
                    message = table.Column<string>(type: "text", nullable: true),
                    refused = table.Column<bool>(type: "boolean", nullable: false),
                    node = table.Column<string>(type: "text", nullable: true),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    attempt_started = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempt_done = table.Column<long>(type: "bigint", nullable: false),
                    heartbeat = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_process", x => x.id);
                    table.ForeignKey(
                        name: "fk_process_eperson_owner_id",
                        column: x => x.owner_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "upload",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload", x => x.id);
                    table.ForeignKey(
                        name: "fk_upload_eperson_owner_id",
                        column: x => x.owner_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "epersongroup_member",
                columns: table => new
                {
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    members_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_epersongroup_member", x => new { x.group_id, x.members_id });
                    table.ForeignKey(
                        name: "fk_epersongroup_member_eperson_members_id",
                        column: x => x.members_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_epersongroup_member_epersongroup_group_id",
                        column: x => x.group_id,
                        principalTable: "epersongroup",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "metadata_field",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    schema_id = table.Column<int>(type: "integer", nullable: false),
                    element = table.Column<string>(type: "text", nullable: false),
                    qualifier = table.Column<string>(type: "text", nullable: true),
                    scope_note = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metadata_field", x => x.id);
                    table.ForeignKey(
                        name: "fk_metadata_field_metadata_schema_schema_id",
                        column: x => x.schema_id,
                        principalTable: "metadata_schema",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "curatorship",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    eperson_id = table.Column<Guid>(type: "uuid", nullable: false),
                    community_id = table.Column<Guid>(type: "uuid", nullable: true),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_curatorship", x => x.id);
                    table.ForeignKey(
                        name: "fk_curatorship_collection_collection_id",
                        column: x => x.collection_id,
                        principalTable: "collection",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_curatorship_community_community_id",
                        column: x => x.community_id,
                        principalTable: "community",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_curatorship_eperson_eperson_id",
                        column: x => x.eperson_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bitstream",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bundle = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    primary = table.Column<bool>(type: "boolean", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    md5 = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    format_id = table.Column<int>(type: "integer", nullable: true),
                    registered_store = table.Column<int>(type: "integer", nullable: true),
                    registered_path = table.Column<string>(type: "text", nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bitstream", x => x.id);
                    table.ForeignKey(
                        name: "fk_bitstream_bitstream_format_format_id",
                        column: x => x.format_id,
                        principalTable: "bitstream_format",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_bitstream_item_item_id",
                        column: x => x.item_id,
                        principalTable: "item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "collection_item",
                columns: table => new
                {
                    collection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_collection_item", x => new { x.item_id, x.collection_id });
                    table.ForeignKey(
                        name: "fk_collection_item_collection_collection_id",
                        column: x => x.collection_id,
                        principalTable: "collection",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_collection_item_item_item_id",
                        column: x => x.item_id,
                        principalTable: "item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "handle",
                columns: table => new
                {
                    value = table.Column<string>(type: "text", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: true),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: true),
                    community_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_handle", x => x.value);
                    table.ForeignKey(
                        name: "fk_handle_collection_collection_id",
                        column: x => x.collection_id,
                        principalTable: "collection",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_handle_community_community_id",
                        column: x => x.community_id,
                        principalTable: "community",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_handle_item_item_id",
                        column: x => x.item_id,
                        principalTable: "item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "process_file",
                columns: table => new
                {
                    process_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_process_file", x => new { x.process_id, x.name });
                    table.ForeignKey(
                        name: "fk_process_file_process_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "process_finding",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    process_id = table.Column<long>(type: "bigint", nullable: false),
                    severity = table.Column<int>(type: "integer", nullable: false),
                    item = table.Column<string>(type: "text", nullable: true),
                    file = table.Column<string>(type: "text", nullable: true),
                    line = table.Column<int>(type: "integer", nullable: true),
                    field = table.Column<string>(type: "text", nullable: true),
                    message = table.Column<string>(type: "text", nullable: false),
                    remedy = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_process_finding", x => x.id);
                    table.ForeignKey(
                        name: "fk_process_finding_process_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "process_journal",
                columns: table => new
                {
                    process_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    place = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: true),
                    handle = table.Column<string>(type: "text", nullable: true),
                    message = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_process_journal", x => new { x.process_id, x.name });
                    table.ForeignKey(
                        name: "fk_process_journal_process_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "process_log",
                columns: table => new
                {
                    process_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_process_log", x => new { x.process_id, x.number });
                    table.ForeignKey(
                        name: "fk_process_log_process_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "policy",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: true),
                    item_id = table.Column<Guid>(type: "uuid", nullable: true),
                    bitstream_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policy", x => x.id);
                    table.ForeignKey(
                        name: "fk_policy_bitstream_bitstream_id",
                        column: x => x.bitstream_id,
                        principalTable: "bitstream",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_policy_collection_collection_id",
                        column: x => x.collection_id,
                        principalTable: "collection",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_policy_epersongroup_group_id",
                        column: x => x.group_id,
                        principalTable: "epersongroup",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_policy_item_item_id",
                        column: x => x.item_id,
                        principalTable: "item",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_api_token_eperson_id",
                table: "api_token",
                column: "eperson_id");

            migrationBuilder.CreateIndex(
                name: "ix_api_token_hash",
                table: "api_token",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_bitstream_format_id",
                table: "bitstream",
                column: "format_id");

            migrationBuilder.CreateIndex(
                name: "ix_bitstream_item_id_sequence",
                table: "bitstream",
                columns: new[] { "item_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_bitstream_sha256",
                table: "bitstream",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "ix_collection_community_id",
                table: "collection",
                column: "community_id");

            migrationBuilder.CreateIndex(
                name: "collection_item_one_owner",
                table: "collection_item",
                column: "item_id",
                unique: true,
                filter: "place = 0");

            migrationBuilder.CreateIndex(
                name: "ix_collection_item_collection_id_item_id",
                table: "collection_item",
                columns: new[] { "collection_id", "item_id" });

            migrationBuilder.CreateIndex(
                name: "ix_community_parent_id",
                table: "community",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_curatorship_collection_id",
                table: "curatorship",
                column: "collection_id");

            migrationBuilder.CreateIndex(
                name: "ix_curatorship_community_id",
                table: "curatorship",
                column: "community_id");

            migrationBuilder.CreateIndex(
                name: "ix_curatorship_eperson_id",
                table: "curatorship",
                column: "eperson_id");

            migrationBuilder.CreateIndex(
                name: "emailindex",
                table: "eperson",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "usernameindex",
                table: "eperson",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_eperson_claim_user_id",
                table: "eperson_claim",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_eperson_login_user_id",
                table: "eperson_login",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_epersongroup_name",
                table: "epersongroup",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_epersongroup_member_members_id",
                table: "epersongroup_member",
                column: "members_id");

            migrationBuilder.CreateIndex(
                name: "ix_handle_collection_id",
                table: "handle",
                column: "collection_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_handle_community_id",
                table: "handle",
                column: "community_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_handle_item_id",
                table: "handle",
                column: "item_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_item_last_modified",
                table: "item",
                column: "last_modified");

            migrationBuilder.CreateIndex(
                name: "ix_item_submitter_id",
                table: "item",
                column: "submitter_id");

            migrationBuilder.CreateIndex(
                name: "ix_item_event_item_id",
                table: "item_event",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "ix_metadata_field_schema_id_element_qualifier",
                table: "metadata_field",
                columns: new[] { "schema_id", "element", "qualifier" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_metadata_schema_namespace",
                table: "metadata_schema",
                column: "namespace",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_metadata_schema_prefix",
                table: "metadata_schema",
                column: "prefix",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_policy_bitstream_id",
                table: "policy",
                column: "bitstream_id");

            migrationBuilder.CreateIndex(
                name: "ix_policy_collection_id",
                table: "policy",
                column: "collection_id");

            migrationBuilder.CreateIndex(
                name: "ix_policy_group_id",
                table: "policy",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "ix_policy_item_id",
                table: "policy",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "ix_process_created",
                table: "process",
                column: "created");

            migrationBuilder.CreateIndex(
                name: "ix_process_owner_id",
                table: "process",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_process_state",
                table: "process",
                column: "state",
                filter: "state in ('Queued', 'Running')");

            migrationBuilder.CreateIndex(
                name: "ix_process_file_sha256",
                table: "process_file",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "ix_process_finding_process_id_severity_id",
                table: "process_finding",
                columns: new[] { "process_id", "severity", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_process_journal_item_id",
                table: "process_journal",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "ix_process_journal_process_id_outcome_place",
                table: "process_journal",
                columns: new[] { "process_id", "outcome", "place" });

            migrationBuilder.CreateIndex(
                name: "ix_process_log_process_id_level_number",
                table: "process_log",
                columns: new[] { "process_id", "level", "number" },
                filter: "level >= 1");

            migrationBuilder.CreateIndex(
                name: "ix_upload_owner_id",
                table: "upload",
                column: "owner_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_token");

            migrationBuilder.DropTable(
                name: "collection_item");

            migrationBuilder.DropTable(
                name: "curatorship");

            migrationBuilder.DropTable(
                name: "data_protection_key");

            migrationBuilder.DropTable(
                name: "eperson_claim");

            migrationBuilder.DropTable(
                name: "eperson_login");

            migrationBuilder.DropTable(
                name: "eperson_token");

            migrationBuilder.DropTable(
                name: "epersongroup_member");

            migrationBuilder.DropTable(
                name: "handle");

            migrationBuilder.DropTable(
                name: "item_change");

            migrationBuilder.DropTable(
                name: "item_event");

            migrationBuilder.DropTable(
                name: "metadata_field");

            migrationBuilder.DropTable(
                name: "policy");

            migrationBuilder.DropTable(
                name: "process_file");

            migrationBuilder.DropTable(
                name: "process_finding");

            migrationBuilder.DropTable(
                name: "process_journal");

            migrationBuilder.DropTable(
                name: "process_log");

            migrationBuilder.DropTable(
                name: "upload");

            migrationBuilder.DropTable(
                name: "metadata_schema");

            migrationBuilder.DropTable(
                name: "bitstream");

            migrationBuilder.DropTable(
                name: "collection");

            migrationBuilder.DropTable(
                name: "epersongroup");

            migrationBuilder.DropTable(
                name: "process");

            migrationBuilder.DropTable(
                name: "bitstream_format");

            migrationBuilder.DropTable(
                name: "item");

            migrationBuilder.DropTable(
                name: "community");

            migrationBuilder.DropTable(
                name: "eperson");

            migrationBuilder.DropSequence(
                name: "handle_suffix");
        }
    }
}
