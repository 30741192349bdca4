using Npgsql;

namespace AdminPortal.Domain.Data;

internal static class CopyExtensions
{
    public static Task WriteNullableAsync<T>(this NpgsqlBinaryImporter row, T? value, CancellationToken cancellationToken) =>
        value is null ? row.WriteNullAsync(cancellationToken) : row.WriteAsync(value, cancellationToken);
}
