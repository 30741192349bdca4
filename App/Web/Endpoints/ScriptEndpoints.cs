using System.Net.Http.Headers;
using System.Text.Json;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using AdminPortal.Web.Auth;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Endpoints;

/// <summary>Scripts that can be started, under the paths and with the form fields that DSpace gave them.</summary>
internal static class ScriptEndpoints
{
    private const int MaxProperties = 1024 * 1024;

    public static void MapScripts(this WebApplication app)
    {
        var scripts = app.MapGroup("/api/system/scripts").WithTags("scripts");
        scripts.MapGet("/", (ScriptService known) => new { scripts = known.List().Select(ScriptJson.From) }).WithSummary("Lists the scripts that the caller may start.");
        scripts.MapGet("/{name}", (string name, ScriptService known) => ScriptJson.From(known.Get(name))).WithSummary("Shows a script and its parameters.");
        scripts.MapPost("/{name}/processes", StartAsync)
            .WithSummary("Starts a script: a part \"properties\" with [{\"name\":\"-c\",\"value\":\"…\"}], and the files that they name.")
            .DisableAntiforgery();
    }

    private static async Task<IResult> StartAsync(
        string name, HttpContext context, ScriptService scripts, ProcessService processes, ProcessFiles outputs, UploadService uploads, UploadGate gate, CancellationToken cancellationToken)
    {
        context.RequireToken();

        // Asked before a byte of the files is read.
        scripts.Get(name);
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || type.MediaType != "multipart/form-data"
            || type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"') is not { Length: > 0 } boundary)
        {
            throw new PortalException("Send multipart/form-data: a part named properties, and one for each file.");
        }

        gate.Require(context.Request.ContentLength - MaxProperties);
        context.LimitBody(gate.MaxBytes + MaxProperties);
        var (arguments, files) = await ReadAsync(new MultipartReader(boundary, context.Request.Body), uploads, cancellationToken);
        var named = scripts.Get(name).Parameters.Where(parameter => parameter.Type == ParameterType.File)
            .SelectMany(parameter => arguments.All.Where(argument => parameter.IsCalled(argument.Name)).Select(argument => argument.Value)).ToList();
        if (named.FirstOrDefault(file => file is not null && !file.StartsWith('/') && files.All(sent => sent.Name != file)) is { } missing)
        {
            return Results.Problem($"The properties name the file {missing}, which was not sent. Send it along, or correct the name.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        if (files.GroupBy(file => file.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return Results.Problem($"Two files are named {twice.Key}. Rename one of them.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        var process = await scripts.StartOrFailAsync(name, arguments, [.. files.Select(ProcessFile.From)], cancellationToken);
        return Results.Accepted($"/api/system/processes/{process.Id}", ProcessJson.From(await processes.GetAsync(process.Id, cancellationToken), await outputs.ListAsync(process.Id, cancellationToken)));
    }

    // Files go straight to the store, in whatever order the parts come.
    private static async Task<(ScriptArguments Arguments, IReadOnlyList<Upload> Files)> ReadAsync(MultipartReader parts, UploadService uploads, CancellationToken cancellationToken)
    {
        var (arguments, files) = (ScriptArguments.None, new List<Upload>());
        try
        {
            while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
            {
                var disposition = part.GetContentDispositionHeader();
                var fileName = disposition?.FileNameStar.Value is { Length: > 0 } star ? star : disposition?.FileName.Value?.Trim('"');
                if (fileName is { Length: > 0 })
                {
                    files.Add(await uploads.ReceiveAsync(fileName, part.Body, cancellationToken));
                }
                else if (disposition?.Name.Value?.Trim('"') == "properties")
                {
                    arguments = await ReadPropertiesAsync(part.Body, cancellationToken);
                }
            }
        }
        catch (Exception broken) when (broken is (IOException and not BadHttpRequestException) or InvalidDataException)
        {
            throw new PortalException("The body is not whole multipart/form-data. Send it again.", broken);
        }

        return (arguments, files);
    }

    private static async Task<ScriptArguments> ReadPropertiesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var json = new MemoryStream();
        var buffer = new byte[8192];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            json.Write(buffer, 0, count);
            if (json.Length > MaxProperties)
            {
                throw new PortalException("The part properties has more than a megabyte. Send files as files.");
            }
        }

        try
        {
            var given = json.Length == 0 ? [] : JsonSerializer.Deserialize<List<Property>>(json.ToArray(), JsonSerializerOptions.Web) ?? [];
            return new([.. given.Where(property => property.Value is not "false").Select(property => new ScriptArgument(property.Name ?? "", property.Value))]);
        }
        catch (JsonException fault)
        {
            throw new PortalException($"The part properties is not a list of names and values, e.g. [{{\"name\":\"-c\",\"value\":\"123456789/2\"}}]: see line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}.", fault);
        }
    }

    private sealed record Property(string? Name, string? Value);

    private sealed record ScriptJson(string Name, string Description, IEnumerable<ParameterJson> Parameters)
    {
        public static ScriptJson From(IScript script) => new(script.Name, script.Description, script.Parameters.Append(ScriptGrammar.Help).Where(parameter => !parameter.LocalOnly).Select(parameter => new ParameterJson(
            parameter.Name, parameter.LongName, parameter.Type.ToString().ToLowerInvariant(), parameter.Description, parameter.Required, parameter.Repeatable, parameter.Excludes, parameter.Needs, parameter.Choices)));
    }

    private sealed record ParameterJson(
        string Name, string NameLong, string Type, string Description, bool Mandatory, bool Repeatable, IReadOnlyList<string> Excludes, IReadOnlyList<string> Needs, IReadOnlyList<string> Choices);
}
