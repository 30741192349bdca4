using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>Who asked for a process, when, and for what.</summary>
public sealed partial class ProcessFacts(IEnumerable<IScript> scripts, CollectionService collections, TimeProvider clock)
{
    private IReadOnlyList<(string Name, string Value)> _parameters = [];
    private long _known;

    /// <summary>The process and its owner.</summary>
    [Parameter, EditorRequired]
    public ProcessRow Row { get; set; } = null!;

    private Process Process => Row.Process;

    private string Command => $"{Process.Script} {ScriptArguments.Of(Process).Shown}";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_known != Process.Id)
        {
            _known = Process.Id;
            _parameters = await DescribeAsync(ScriptArguments.Of(Process).Shown);
        }
    }

    // Values under the long names of their parameters, flags together.
    private async Task<IReadOnlyList<(string Name, string Value)>> DescribeAsync(ScriptArguments arguments)
    {
        var known = scripts.FirstOrDefault(script => script.Name == Process.Script)?.Parameters ?? [];
        var described = new List<(string Name, string Value)>();
        foreach (var group in arguments.All.Where(argument => argument.Value is not null).GroupBy(argument => argument.Name))
        {
            var parameter = known.FirstOrDefault(parameter => parameter.IsCalled(group.Key));
            var values = group.Select(argument => argument.Value!).ToList();
            described.Add((Words(parameter?.LongName ?? group.Key), parameter?.Type == ParameterType.Collection ? await NameAsync(values) : string.Join("; ", values)));
        }

        var flags = arguments.All.Where(argument => argument.Value is null).Select(argument => known.FirstOrDefault(parameter => parameter.IsCalled(argument.Name))?.LongName ?? argument.Name).ToList();
        return flags.Count == 0 ? described : [.. described, ("Options", string.Join(", ", flags.Select(flag => flag.TrimStart('-'))))];
    }

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

    // "--mapfile-of" becomes "Mapfile of".
    private static string Words(string name) => name.TrimStart('-').Replace('-', ' ') is { Length: > 0 } words ? $"{char.ToUpperInvariant(words[0])}{words[1..]}" : name;
}
