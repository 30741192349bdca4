using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;

namespace AdminPortal.Web.Cli;

/// <summary>The mapfile that an import at the command line writes when it ends, in whatever way.</summary>
internal sealed class ImportMapfile : IAsyncDisposable
{
    private readonly SafImportRequest _request;
    private readonly IServiceProvider _services;
    private readonly FileStream? _file;
    private readonly IReadOnlyList<MapfileLine> _earlier;

    private ImportMapfile(SafImportRequest request, IServiceProvider services, FileStream? file, IReadOnlyList<MapfileLine> earlier) =>
        (_request, _services, _file, _earlier) = (request, services, file, earlier);

    /// <summary>Refuses a mapfile that cannot be written before anything is imported.</summary>
    public static async Task<ImportMapfile> OpenAsync(SafImportRequest request, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (request.Resume && request.Mapfile is null)
        {
            throw new PortalException("-R goes on by a mapfile. Name it with -m.");
        }

        if (request.Mapfile is not { } path || request.Validate)
        {
            return new(request, services, null, []);
        }

        var exists = File.Exists(path) && new FileInfo(path).Length > 0;
        if (exists && !request.Resume)
        {
            throw new ConflictException($"-m: the mapfile {path} exists. Choose another name, or go on with its import by -R.");
        }

        var (earlier, findings) = exists ? Mapfile.Parse(await File.ReadAllTextAsync(path, cancellationToken)) : ([], []);
        if (findings.Count > 0)
        {
            throw new PortalException(string.Join(Environment.NewLine, findings.Select(finding => $"{finding.Message} {finding.Remedy}")));
        }

        try
        {
            return new(request, services, new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write), earlier);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PortalException($"-m: the mapfile {path} cannot be written. {exception.Message}", exception);
        }
    }

    /// <summary>Adds to what the mapfile had what earlier imports with it did after it was last written, and what this one did.</summary>
    public async Task WriteAsync(long processId, CancellationToken cancellationToken)
    {
        if (_file is null)
        {
            return;
        }

        _file.SetLength(0);
        await using var writer = new StreamWriter(_file, leaveOpen: true);
        var written = new HashSet<string>(StringComparer.Ordinal);
        var before = _request.Resume ? await _services.GetRequiredService<SafImportHistory>().GetLinesAsync(_request.Mapfile!, processId, cancellationToken) : [];
        foreach (var line in _earlier.Concat(before).Where(line => written.Add(line.Item)))
        {
            await Mapfile.WriteAsync(writer, line, cancellationToken);
        }

        await foreach (var entry in _services.GetRequiredService<ProcessRecords>().StreamMappedAsync(processId, cancellationToken))
        {
            await Mapfile.WriteAsync(writer, new(entry.Name, entry.Handle ?? entry.ItemId.ToString()!), cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
