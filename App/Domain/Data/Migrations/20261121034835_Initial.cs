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
                name: "BitstreamFormats",
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
                    table.PrimaryKey("PK_BitstreamFormats", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "Communities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Communities", x => x.id);
                    table.ForeignKey(
                        name: "FK_Communities_Communities_parent_id",
                        column: x => x.parent_id,
                        principalTable: "Communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DataProtectionKeys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataProtectionKeys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ItemChanges",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    transaction = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemChanges", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "ItemEvents",
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
                    table.PrimaryKey("PK_ItemEvents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "MetadataSchemas",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    prefix = table.Column<string>(type: "text", nullable: false),
                    @namespace = table.Column<string>(name: "namespace", type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MetadataSchemas", x => x.id);
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
                    table.PrimaryKey("PK_eperson", x => x.id);
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
                    table.PrimaryKey("PK_epersongroup", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "Collections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    community_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Collections", x => x.id);
                    table.ForeignKey(
                        name: "FK_Collections_Communities_community_id",
                        column: x => x.community_id,
                        principalTable: "Communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MetadataFields",
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
                    table.PrimaryKey("PK_MetadataFields", x => x.id);
                    table.ForeignKey(
                        name: "FK_MetadataFields_MetadataSchemas_schema_id",
                        column: x => x.schema_id,
                        principalTable: "MetadataSchemas",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ApiTokens",
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
                    table.PrimaryKey("PK_ApiTokens", x => x.id);
                    table.ForeignKey(
                        name: "FK_ApiTokens_eperson_eperson_id",
                        column: x => x.eperson_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Items",
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
                    table.PrimaryKey("PK_Items", x => x.id);
                    table.ForeignKey(
                        name: "FK_Items_eperson_submitter_id",
                        column: x => x.submitter_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "Processes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    script = table.Column<string>(type: "text", nullable: false),
                    parameters = table.Column<string>(type: "jsonb", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
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
                    table.PrimaryKey("PK_Processes", x => x.id);
                    table.ForeignKey(
                        name: "FK_Processes_eperson_owner_id",
                        column: x => x.owner_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "Uploads",
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
                    table.PrimaryKey("PK_Uploads", x => x.id);
                    table.ForeignKey(
                        name: "FK_Uploads_eperson_owner_id",
                        column: x => x.owner_id,
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
                    table.PrimaryKey("PK_eperson_claim", x => x.id);
                    table.ForeignKey(
                        name: "FK_eperson_claim_eperson_user_id",
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
                    table.PrimaryKey("PK_eperson_login", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "FK_eperson_login_eperson_user_id",
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
                    table.PrimaryKey("PK_eperson_token", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "FK_eperson_token_eperson_user_id",
                        column: x => x.user_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dictionary_2",
                columns: table => new
                {
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    members_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dictionary_2", x => new { x.group_id, x.members_id });
                    table.ForeignKey(
                        name: "FK_dictionary_2_eperson_members_id",
                        column: x => x.members_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_dictionary_2_epersongroup_group_id",
                        column: x => x.group_id,
                        principalTable: "epersongroup",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Curatorships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    eperson_id = table.Column<Guid>(type: "uuid", nullable: false),
                    community_id = table.Column<Guid>(type: "uuid", nullable: true),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Curatorships", x => x.id);
                    table.ForeignKey(
                        name: "FK_Curatorships_Collections_collection_id",
                        column: x => x.collection_id,
                        principalTable: "Collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Curatorships_Communities_community_id",
                        column: x => x.community_id,
                        principalTable: "Communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Curatorships_eperson_eperson_id",
                        column: x => x.eperson_id,
                        principalTable: "eperson",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Bitstreams",
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
                    table.PrimaryKey("PK_Bitstreams", x => x.id);
                    table.ForeignKey(
                        name: "FK_Bitstreams_BitstreamFormats_format_id",
                        column: x => x.format_id,
                        principalTable: "BitstreamFormats",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "FK_Bitstreams_Items_item_id",
                        column: x => x.item_id,
                        principalTable: "Items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CollectionItems",
                columns: table => new
                {
                    collection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CollectionItems", x => new { x.item_id, x.collection_id });
                    table.ForeignKey(
                        name: "FK_CollectionItems_Collections_collection_id",
                        column: x => x.collection_id,
                        principalTable: "Collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CollectionItems_Items_item_id",
                        column: x => x.item_id,
                        principalTable: "Items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Handles",
                columns: table => new
                {
                    value = table.Column<string>(type: "text", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: true),
                    collection_id = table.Column<Guid>(type: "uuid", nullable: true),
                    community_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Handles", x => x.value);
                    table.ForeignKey(
                        name: "FK_Handles_Collections_collection_id",
                        column: x => x.collection_id,
                        principalTable: "Collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_Handles_Communities_community_id",
                        column: x => x.community_id,
                        principalTable: "Communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_Handles_Items_item_id",
                        column: x => x.item_id,
                        principalTable: "Items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "Findings",
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
                    table.PrimaryKey("PK_Findings", x => x.id);
                    table.ForeignKey(
                        name: "FK_Findings_Processes_process_id",
                        column: x => x.process_id,
                        principalTable: "Processes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ProcessFiles",
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
                    table.PrimaryKey("PK_ProcessFiles", x => new { x.process_id, x.name });
                    table.ForeignKey(
                        name: "FK_ProcessFiles_Processes_process_id",
                        column: x => x.process_id,
                        principalTable: "Processes",
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
                    table.PrimaryKey("PK_process_journal", x => new { x.process_id, x.name });
                    table.ForeignKey(
                        name: "FK_process_journal_Processes_process_id",
                        column: x => x.process_id,
                        principalTable: "Processes",
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
                    table.PrimaryKey("PK_process_log", x => new { x.process_id, x.number });
                    table.ForeignKey(
                        name: "FK_process_log_Processes_process_id",
                        column: x => x.process_id,
                        principalTable: "Processes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Policies",
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
                    table.PrimaryKey("PK_Policies", x => x.id);
                    table.ForeignKey(
                        name: "FK_Policies_Bitstreams_bitstream_id",
                        column: x => x.bitstream_id,
                        principalTable: "Bitstreams",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "FK_Policies_Collections_collection_id",
                        column: x => x.collection_id,
                        principalTable: "Collections",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "FK_Policies_Items_item_id",
                        column: x => x.item_id,
                        principalTable: "Items",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "FK_Policies_epersongroup_group_id",
                        column: x => x.group_id,
                        principalTable: "epersongroup",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ApiTokens_eperson_id",
                table: "ApiTokens",
                column: "eperson_id");

            migrationBuilder.CreateIndex(
                name: "IX_ApiTokens_hash",
                table: "ApiTokens",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bitstreams_format_id",
                table: "Bitstreams",
                column: "format_id");

            migrationBuilder.CreateIndex(
                name: "IX_Bitstreams_item_id_sequence",
                table: "Bitstreams",
                columns: new[] { "item_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bitstreams_sha256",
                table: "Bitstreams",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "IX_CollectionItems_collection_id_item_id",
                table: "CollectionItems",
                columns: new[] { "collection_id", "item_id" });

            migrationBuilder.CreateIndex(
                name: "collection_item_one_owner",
                table: "CollectionItems",
                column: "item_id",
                unique: true,
                filter: "place = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Collections_community_id",
                table: "Collections",
                column: "community_id");

            migrationBuilder.CreateIndex(
                name: "IX_Communities_parent_id",
                table: "Communities",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "IX_Curatorships_collection_id",
                table: "Curatorships",
                column: "collection_id");

            migrationBuilder.CreateIndex(
                name: "IX_Curatorships_community_id",
                table: "Curatorships",
                column: "community_id");

            migrationBuilder.CreateIndex(
                name: "IX_Curatorships_eperson_id",
                table: "Curatorships",
                column: "eperson_id");

            migrationBuilder.CreateIndex(
                name: "IX_Findings_process_id_severity_id",
                table: "Findings",
                columns: new[] { "process_id", "severity", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_Handles_collection_id",
                table: "Handles",
                column: "collection_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Handles_community_id",
                table: "Handles",
                column: "community_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Handles_item_id",
                table: "Handles",
                column: "item_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemEvents_item_id",
                table: "ItemEvents",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "IX_Items_last_modified",
                table: "Items",
                column: "last_modified");

            migrationBuilder.CreateIndex(
                name: "IX_Items_submitter_id",
                table: "Items",
                column: "submitter_id");

            migrationBuilder.CreateIndex(
                name: "IX_MetadataFields_schema_id_element_qualifier",
                table: "MetadataFields",
                columns: new[] { "schema_id", "element", "qualifier" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "IX_MetadataSchemas_namespace",
                table: "MetadataSchemas",
                column: "namespace",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MetadataSchemas_prefix",
                table: "MetadataSchemas",
                column: "prefix",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Policies_bitstream_id",
                table: "Policies",
                column: "bitstream_id");

            migrationBuilder.CreateIndex(
                name: "IX_Policies_collection_id",
                table: "Policies",
                column: "collection_id");

            migrationBuilder.CreateIndex(
                name: "IX_Policies_group_id",
                table: "Policies",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "IX_Policies_item_id",
                table: "Policies",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "IX_ProcessFiles_sha256",
                table: "ProcessFiles",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "IX_Processes_created",
                table: "Processes",
                column: "created");

            migrationBuilder.CreateIndex(
                name: "IX_Processes_owner_id",
                table: "Processes",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "IX_Processes_state",
                table: "Processes",
                column: "state",
                filter: "state in ('Queued', 'Running')");

            migrationBuilder.CreateIndex(
                name: "IX_Uploads_owner_id",
                table: "Uploads",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "IX_dictionary_2_members_id",
                table: "dictionary_2",
                column: "members_id");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "eperson",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "eperson",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_eperson_claim_user_id",
                table: "eperson_claim",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_eperson_login_user_id",
                table: "eperson_login",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_epersongroup_name",
                table: "epersongroup",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_process_journal_item_id",
                table: "process_journal",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "IX_process_journal_process_id_outcome_place",
                table: "process_journal",
                columns: new[] { "process_id", "outcome", "place" });

            migrationBuilder.CreateIndex(
                name: "IX_process_log_process_id_level_number",
                table: "process_log",
                columns: new[] { "process_id", "level", "number" },
                filter: "level >= 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ApiTokens");

            migrationBuilder.DropTable(
                name: "CollectionItems");

            migrationBuilder.DropTable(
                name: "Curatorships");

            migrationBuilder.DropTable(
                name: "DataProtectionKeys");

            migrationBuilder.DropTable(
                name: "Findings");

            migrationBuilder.DropTable(
                name: "Handles");

            migrationBuilder.DropTable(
                name: "ItemChanges");

            migrationBuilder.DropTable(
                name: "ItemEvents");

            migrationBuilder.DropTable(
                name: "MetadataFields");

            migrationBuilder.DropTable(
                name: "Policies");

            migrationBuilder.DropTable(
                name: "ProcessFiles");

            migrationBuilder.DropTable(
                name: "Uploads");

            migrationBuilder.DropTable(
                name: "dictionary_2");

            migrationBuilder.DropTable(
                name: "eperson_claim");

            migrationBuilder.DropTable(
                name: "eperson_login");

            migrationBuilder.DropTable(
                name: "eperson_token");

            migrationBuilder.DropTable(
                name: "process_journal");

            migrationBuilder.DropTable(
                name: "process_log");

            migrationBuilder.DropTable(
                name: "MetadataSchemas");

            migrationBuilder.DropTable(
                name: "Bitstreams");

            migrationBuilder.DropTable(
                name: "Collections");

            migrationBuilder.DropTable(
                name: "epersongroup");

            migrationBuilder.DropTable(
                name: "Processes");

            migrationBuilder.DropTable(
                name: "BitstreamFormats");

            migrationBuilder.DropTable(
                name: "Items");

            migrationBuilder.DropTable(
                name: "Communities");

            migrationBuilder.DropTable(
                name: "eperson");

            migrationBuilder.DropSequence(
                name: "handle_suffix");
        }
    }
}
