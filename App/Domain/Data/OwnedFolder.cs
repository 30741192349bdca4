using System.Diagnostics;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Data;

/// <summary>
/// A folder that belongs to the user the database server runs as, and the way to run programs in it as that user. PostgreSQL refuses
/// to run as root, so root hands the folder to the user <c>postgres</c>; anybody else runs the server as themselves.
/// </summary>
internal sealed class OwnedFolder(string path)
{
    /// <summary>
    /// The folder, as the programs run in it have to call it. They often cannot walk to its path, because a folder above is private
    /// to root, but may use a descriptor that was opened before the user changed.
    /// </summary>
    public const string Here = "/proc/self/fd/9";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the folder empty, readable by its owner only.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        Directory.CreateDirectory(path, Private);
        if (Environment.IsPrivilegedProcess && !(await ExecuteAsync("chown", ["postgres:", path], cancellationToken)).Succeeded)
        {
            throw new PortalException("The database server must not run as root, and there is no user postgres to run it. Run ./portal setup, which creates one.");
        }
    }

    /// <summary>Refuses a folder whose programs this process could not run.</summary>
    /// <exception cref="PortalException">It belongs to another user, and this process is not root.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var me = await StatAsync("%u", "/proc/self/", cancellationToken);
        if (me != "0" && me != await StatAsync("%u", path, cancellationToken))
        {
            throw new PortalException($"{path} belongs to another user. Work as that user or as root, or name another data directory.");
        }
    }

    /// <summary>Runs a program as the folder's owner, with <see cref="Here"/> for the folder.</summary>
    public async Task<ProgramEnd> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string[] asOwner = Environment.IsPrivilegedProcess
            ? ["setpriv", .. (await StatAsync("--reuid=%u --regid=%g", path, cancellationToken)).Split(' '), "--clear-groups", "--"]
            : [];
        return await ExecuteAsync("sh", ["-c", "exec 9<\"$1\" && shift && exec \"$@\"", "portal", path, .. asOwner, program, .. arguments], cancellationToken);
    }

    /// <summary>Makes sure that another folder exists, belongs to the same owner and lets nobody else in.</summary>
    /// <exception cref="PortalException">Somebody else got there first, or it is a link.</exception>
    public async Task SharePrivatelyAsync(string other, CancellationToken cancellationToken)
    {
        var owner = await StatAsync("%u", path, cancellationToken);
        await RunAsync("mkdir", ["-m", "700", other], cancellationToken);   // fails when it exists, and is looked at all the same
        if (await StatAsync("%u %a %F", other, cancellationToken) != $"{owner} 700 directory")
        {
            throw new PortalException($"{other} is not a private folder of the user the database server runs as. Find out who made it, and remove it.");
        }
    }

    private static async Task<string> StatAsync(string format, string path, CancellationToken cancellationToken) =>
        (await ExecuteAsync("stat", ["-c", format, path], cancellationToken)).Output;

    private static async Task<ProgramEnd> ExecuteAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // In "/", because the owner may not be able to walk to the folder of this process either.
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // PGDATA, PGPORT, PGOPTIONS … are meant for some other database.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramEnd(process.ExitCode == 0, $"{await output}{await errors}".Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}

/// <summary>How a program ended.</summary>
/// <param name="Succeeded">Whether its exit code was 0.</param>
/// <param name="Output">What it wrote, to both streams.</param>
internal sealed record ProgramEnd(bool Succeeded, string Output);
