using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Storage;

/// <summary>Where contents are kept; section <c>Storage</c> of the settings.</summary>
public sealed class StorageOptions
{
    /// <summary>The directory of the bitstream store; <c>bitstreams</c> in the data directory unless set.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>External stores by their number, as <c>-r -s NUMBER -f PATH</c> in a <c>contents</c> file names them; each is a directory read in place.</summary>
    public Dictionary<int, string> Registered { get; init; } = [];
}

/// <summary>Files that are sent to the portal; section <c>Uploads</c> of the settings.</summary>
public sealed class UploadOptions
{
    /// <summary>Bytes of the largest upload, at least 0; 0 when the disk alone bounds it.</summary>
    [Range(0L, long.MaxValue)]
    public long MaxBytes { get; init; }

    /// <summary>Hours after which what has arrived of a file is taken for abandoned unless more arrives, 1 to 8760.</summary>
    [Range(1, 8760)]
    public int KeepPartialHours { get; init; } = 72;
}

/// <summary>Registers the bitstream store.</summary>
public static class StorageSetup
{
    /// <summary>Adds the store, in a directory below <paramref name="dataDirectory"/> unless the settings name another.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, string dataDirectory)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage")
            .PostConfigure(options => options.Path = options.Path is "" ? Path.Combine(dataDirectory, "bitstreams") : options.Path)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<UploadOptions>().BindConfiguration("Uploads").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IBitstreamStore, FileBitstreamStore>()
            .AddSingleton<RegisteredFiles>()
            .AddSingleton<ContentLedger>()
            .AddSingleton<ContentSweep>()
            .AddScoped<UploadGate>()
            .AddScoped<UploadService>()
            .AddScoped<PartialUploadService>()
            .AddScoped<PartialUploadWriter>();
    }
}
