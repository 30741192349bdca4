using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace AdminPortal.Domain.Search;

/// <summary>
/// Gives SQLite the function <c>collect(rowid)</c>, which hands numbers to us as the engine finds them. Reading them row by row through ADO.NET would add
/// two calls and their checks to each of perhaps a million.
/// </summary>
internal static unsafe partial class NativeSqlite
{
    private const int Utf8 = 1;

    [ThreadStatic]
    private static int[]? _numbers;

    [ThreadStatic]
    private static int _count;

    /// <summary>Runs a statement <c>SELECT collect(…)</c> and gives what it collected; valid until this thread collects again.</summary>
    public static ReadOnlySpan<int> Collect(SqliteCommand command)
    {
        _count = 0;
        _numbers ??= new int[1024];
        command.ExecuteScalar();
        return _numbers.AsSpan(0, _count);
    }

    /// <summary>Adds the function to a connection.</summary>
    public static void AddCollect(SqliteConnection connection)
    {
        var result = CreateFunction(connection.Handle!.DangerousGetHandle(), "collect", 1, Utf8, 0, 0, (nint)(delegate* unmanaged[Cdecl]<nint, int, nint*, void>)&Step, (nint)(delegate* unmanaged[Cdecl]<nint, void>)&Finish, 0);
        if (result != 0)
        {
            throw new InvalidOperationException($"SQLite refuses the function collect with result {result}.");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Step(nint context, int count, nint* values)
    {
        var numbers = _numbers!;
        if (_count == numbers.Length)
        {
            Array.Resize(ref numbers, numbers.Length * 2);
            _numbers = numbers;
        }

        numbers[_count++] = ValueInt(values[0]);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Finish(nint context) => ResultInt(context, _count);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_create_function_v2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateFunction(nint database, string name, int arguments, int encoding, nint data, nint function, nint step, nint finish, nint destroy);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_value_int")]
    [SuppressGCTransition]
    private static partial int ValueInt(nint value);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_result_int")]
    private static partial void ResultInt(nint context, int value);
}
