using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>Who asked for a process, when, and for what.</summary>
public sealed partial class ProcessFacts(CollectionService collections, TimeProvider clock)
{
    private IReadOnlyList<(string Name, string Value)> _parameters = [];
    private long _known;

    /// <summary>The process and its owner.</summary>
    [Parameter, EditorRequired]
    public ProcessRow Row { get; set; } = null!;

    private Process Process => Row.Process;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_known != Process.Id)
        {
            _known = Process.Id;
            _parameters = SafImportService.Read(Process) is { } request ? await DescribeAsync(request) : Describe();
        }
    }

    private async Task<IReadOnlyList<(string Name, string Value)>> DescribeAsync(SafImportRequest request) =>
    [
        ("Package", request.Source ?? request.PackageName),
        ("Collections", request.Collections.Count == 0 ? "those in each item's file collections" : await NameAsync(request.Collections)),
        ("Mode", string.Join(", ", new[]
        {
            request.Validate ? "validate only" : "import", request.Atomic ? "all or nothing" : null, request.Workflow ? $"to review{(request.Notify ? ", with mail" : "")}" : null,
            request.Template ? "from the template" : null, request.Quiet ? "quiet log" : null, request.Resume ? "resume" : null,
        }.OfType<string>())),
        .. request.Mapfile is { } mapfile ? [("Mapfile", mapfile)] : Array.Empty<(string Name, string Value)>(),
    ];

    private async Task<string> NameAsync(IReadOnlyList<string> handles)
    {
        try
        {
            return string.Join("; ", (await collections.ResolveAsync(handles, PageLifetime)).Select(collection => $"{collection.Name} ({collection.Handle})"));
        }
        catch (NotFoundException)
        {
            return string.Join("; ", handles); // one of them has been removed since
        }
    }

    // Of a script this page knows nothing about: what was given, with the names as words.
    private List<(string Name, string Value)> Describe() =>
    [
        .. JsonSerializer.Deserialize<JsonElement>(Process.Parameters).EnumerateObject()
            .Where(member => member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
            .Select(member => (Words(member.Name), member.Value.ValueKind switch
            {
                JsonValueKind.True => "yes",
                JsonValueKind.Array => string.Join(", ", member.Value.EnumerateArray()),
                _ => member.Value.ToString(),
            })),
    ];

    // "packageName" becomes "Package name".
    private static string Words(string name)
    {
        var words = Capitals().Replace(name, found => $" {found.Value.ToLowerInvariant()}");
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}";
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capitals();
}
