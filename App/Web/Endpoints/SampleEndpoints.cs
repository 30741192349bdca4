using System.IO.Compression;
using AdminPortal.Domain.Common;

namespace AdminPortal.Web.Endpoints;

/// <summary>Packages to try the import with, packed when they are asked for.</summary>
internal static class SampleEndpoints
{
    // The names are listed because a path is made of them.
    private static readonly string[] _names = ["sample", "faulty"];

    public static void MapSamples(this WebApplication app) =>
        app.MapGet("/api/samples/{name}.zip", DownloadAsync).WithTags("samples").WithSummary("Downloads a package to try: sample, or faulty with seven faults.");

    private static async Task<IResult> DownloadAsync(string name, CancellationToken cancellationToken)
    {
        if (!_names.Contains(name, StringComparer.Ordinal))
        {
            throw new NotFoundException($"There is no package {name}. Ask for one of {string.Join(", ", _names)}.");
        }

        var zip = new MemoryStream();
        await ZipFile.CreateFromDirectoryAsync(Path.Combine(AppContext.BaseDirectory, "Demo", name), zip, CompressionLevel.Fastest, includeBaseDirectory: false, cancellationToken);
        zip.Position = 0;
        return Results.File(zip, "application/zip", $"{name}.zip");
    }
}
