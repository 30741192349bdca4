using Npgsql;

namespace AdminPortal.Domain.Data;

internal static class CopyExtensions
{
    public static Task WriteNullableAsync<T>(this NpgsqlBinaryImporter row, T? value, CancellationToken cancellationToken) =>
        value is null ? row.WriteNullAsync(cancellationToken) : row.WriteAsync(value, cancellationToken);

    public static Task WriteJsonAsync(this NpgsqlBinaryImporter row, string? json, CancellationToken cancellationToken) =>
        json is null ? row.WriteNullAsync(cancellationToken) : row.WriteAsync(json, NpgsqlTypes.NpgsqlDbType.Jsonb, cancellationToken);
}
