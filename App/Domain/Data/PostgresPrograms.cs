using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Data;

/// <summary>Finds PostgreSQL's server programs on this machine.</summary>
public static class PostgresPrograms
{
    // Debian and Ubuntu keep every major version in a folder of its own: /usr/lib/postgresql/15/bin
    private const string Versions = "/usr/lib/postgresql";

    /// <summary>The folder with <c>initdb</c> and <c>pg_ctl</c>: <c>PG_BIN</c> when set, else Debian's newest, else the one on PATH.</summary>
    /// <param name="major">The major version that an existing database needs, e.g. <c>15</c>; null takes the newest.</param>
    /// <exception cref="PortalException">There is none, or not of that version.</exception>
    public static string Find(string? major)
    {
        var folder = Candidates(major).FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "initdb")));
        return folder ?? throw new PortalException(major is null
            ? "PostgreSQL's server programs are not installed. Run ./portal setup, or name their folder in PG_BIN."
            : $"The database was made by PostgreSQL {major}, which is not installed. Install postgresql-{major}, or name the folder of its programs in PG_BIN.");
    }

    private static IEnumerable<string> Candidates(string? major)
    {
        if (Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } named)
        {
            return [named];
        }

        var installed = Directory.Exists(Versions) ? Directory.GetDirectories(Versions) : [];
        var ofVersion = installed.Where(folder => major is null || Path.GetFileName(folder) == major)
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"));

        // Beside Debian's folders PATH has nothing but links to them, perhaps to a version that was not asked for.
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return installed.Length > 0 ? ofVersion : onPath;
    }
}
