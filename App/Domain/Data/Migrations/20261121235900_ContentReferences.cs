using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPortal.Domain.Data.Migrations;

/// <summary>
/// Written by hand: what the model cannot say. The database lists a content as loose whenever a row that refers to it goes, by whatever way, and
/// processes of earlier versions get their titles and arguments.
/// </summary>
[DbContext(typeof(PortalDb))]
[Migration("20261121235900_ContentReferences")]
public sealed class ContentReferences : Migration
{
    private static readonly (string Table, string Size, string Condition)[] _references =
    [
        ("bitstream", "size", "registered_store IS NULL"), ("process_file", "size", "true"), ("upload", "size", "true"), ("kept_content", "size", "true"),
        ("partial_upload", "length", "sha256 IS NOT NULL AND finished IS NULL"), ("export_part", "length + directory_length", "sha256 IS NOT NULL AND NOT delivered"),
    ];

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql($"CREATE VIEW content_reference AS {string.Join(" UNION ALL ", _references.Select(reference => $"SELECT sha256 FROM {reference.Table} WHERE {reference.Condition}"))}");
        foreach (var (table, size, condition) in _references)
        {
            migrationBuilder.Sql(
                $"""
                 CREATE FUNCTION {table}_lets_go() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN
                     INSERT INTO loose_content (sha256, size) SELECT DISTINCT sha256, {size} FROM gone WHERE {condition};
                     RETURN NULL;
                 END $$;
                 CREATE TRIGGER lets_go AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION {table}_lets_go();
                 """);
        }

        migrationBuilder.Sql(
            """
            UPDATE process SET
                title = CASE WHEN parameters @> '{"validate":true}' THEN 'Validation of ' ELSE 'Import of ' END || coalesce(parameters ->> 'packageName', 'a package'),
                parameters = '[{"name":"-a","value":null}]'::jsonb
                    || jsonb_build_array(CASE WHEN parameters ->> 'source' IS NULL THEN jsonb_build_object('name', '-z', 'value', parameters -> 'packageName')
                        ELSE jsonb_build_object('name', CASE WHEN parameters ->> 'source' ILIKE '%.zip' THEN '-z' ELSE '-s' END, 'value', parameters -> 'source') END)
                    || coalesce((SELECT jsonb_agg(jsonb_build_object('name', '-c', 'value', handle)) FROM jsonb_array_elements(parameters -> 'collections') AS handle), '[]')
                    || CASE WHEN parameters ->> 'mapfile' IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_object('name', '-m', 'value', parameters -> 'mapfile')) END
                    || coalesce((SELECT jsonb_agg(jsonb_build_object('name', flag.name, 'value', NULL)) FROM (VALUES ('validate', '-v'), ('atomic', '--atomic'), ('quiet', '-q'), ('resume', '-R')) AS flag (member, name)
                        WHERE parameters -> flag.member = 'true'), '[]')
            WHERE jsonb_typeof(parameters) = 'object'
            """);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var (table, _, _) in _references)
        {
            migrationBuilder.Sql($"DROP TRIGGER lets_go ON {table}; DROP FUNCTION {table}_lets_go();");
        }

        migrationBuilder.Sql("DROP VIEW content_reference");
    }
}
