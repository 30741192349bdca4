using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace AdminPortal.Web.Hosting;

/// <summary>Serves blazor.web.js out of the assembly that BlazorScript.targets puts beside the program; the assembly is read as data, never loaded.</summary>
internal static class BlazorScript
{
    private const string Resource = "_framework/blazor.web.js";

    public static void MapBlazorScript(this WebApplication app)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "blazor-script", "Microsoft.AspNetCore.Components.Endpoints.dll");
        if (!File.Exists(assembly))
        {
            return; // Built with BlazorScript=package: the script is among the static web assets.
        }

        var script = Read(assembly);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(script))[..16]}\"");
        var compressed = Compress(script);
        app.MapGet("/" + Resource, (HttpContext context) =>
        {
            var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
            context.Response.Headers.Vary = "Accept-Encoding";
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.ContentEncoding = brotli ? "br" : default;
            return Results.Bytes(brotli ? compressed : script, "text/javascript", entityTag: tag);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static byte[] Read(string assembly)
    {
        using var portable = new PEReader(File.OpenRead(assembly));
        var metadata = portable.GetMetadataReader();
        var resource = metadata.ManifestResources.Select(metadata.GetManifestResource).Single(resource => metadata.GetString(resource.Name) == Resource);
        var section = portable.GetSectionData(portable.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
        var reader = section.GetReader((int)resource.Offset, section.Length - (int)resource.Offset);
        return reader.ReadBytes(reader.ReadInt32());
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Optimal))
        {
            brotli.Write(bytes);
        }

        return buffer.ToArray();
    }
}
