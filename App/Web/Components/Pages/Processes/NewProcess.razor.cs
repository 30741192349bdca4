using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Pages.Processes;

/// <summary>Starts any script by a form that is made from its parameters; with <c>from</c> in the address it is filled like another process.</summary>
public sealed partial class NewProcess(ScriptService scripts, ProcessService processes, ProcessRecords records, UploadService uploads, Caller caller, NavigationManager navigation)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values = [];
    private readonly List<ProcessFile> _files = [];
    private IReadOnlyList<IScript> _scripts = [];
    private IReadOnlyList<string> _faults = [];
    private IScript? _script;
    private string? _refusal;
    private bool _starting;

    [SupplyParameterFromQuery]
    private string? Script { get; set; }

    [SupplyParameterFromQuery]
    private long? From { get; set; }

    private IEnumerable<ScriptParameter> Shown => _script!.Parameters.Where(parameter => !parameter.LocalOnly);

    private ScriptArguments Arguments => new([.. Shown.SelectMany(parameter =>
        _values[parameter.Name].Where(value => parameter.Type == ParameterType.Flag || value.Length > 0).Select(value => new ScriptArgument(parameter.Name, parameter.Type == ParameterType.Flag ? null : value)))]);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _scripts = scripts.List();
        try
        {
            if (From is { } id)
            {
                var (process, _) = await processes.GetAsync(id, PageLifetime);
                Choose(process.Script);
                _files.AddRange(await records.GetInputsAsync(id, PageLifetime));
                var arguments = ScriptArguments.Of(process);
                foreach (var group in (process.OwnerId == caller.Id ? arguments : arguments.Shown).All.GroupBy(argument => argument.Name).Where(group => _values.ContainsKey(group.Key)))
                {
                    _values[group.Key] = [.. group.Select(argument => argument.Value ?? "")];
                }
            }
            else if (Script is not null)
            {
                Choose(Script);
            }
        }
        catch (PortalException refusal)
        {
            _refusal = refusal.Message;
        }
    }

    private void Choose(string? name)
    {
        (_script, _faults) = (name is null ? null : scripts.Get(name), []);
        _values.Clear();
        foreach (var parameter in _script?.Parameters ?? [])
        {
            _values[parameter.Name] = [];
        }
    }

    private void Set(ScriptParameter parameter, IReadOnlyList<string> values)
    {
        _values[parameter.Name] = values;
        _faults = _faults.Count == 0 ? [] : ScriptGrammar.Check(_script!, Arguments, isLocal: false).Faults;
    }

    private async Task ReceiveAsync(Guid id) => await AttemptAsync(async () => _files.Add(ProcessFile.From(await uploads.GetAsync(id, PageLifetime))));

    // Why a parameter cannot be given now: another excludes it, or what it needs is missing.
    private string? WhyNot(ScriptParameter parameter)
    {
        if (_values[parameter.Name].Count > 0)
        {
            return null;
        }

        var other = _script!.Parameters.FirstOrDefault(known => _values[known.Name].Count > 0 && (parameter.Excludes.Contains(known.Name) || known.Excludes.Contains(parameter.Name)));
        return other is not null ? $"Not together with {other.LongName}."
            : parameter.Needs.Count > 0 && parameter.Needs.All(name => _values[name].Count == 0) ? $"Only with {string.Join(" or ", parameter.Needs.Select(name => _script.Parameters.First(known => known.Name == name).LongName))}."
            : null;
    }

    private async Task StartAsync()
    {
        (_starting, _faults) = (true, []);
        try
        {
            var named = _files.Where(file => Arguments.All.Any(argument => argument.Value == file.Name)).DistinctBy(file => file.Name).ToList();
            var process = await scripts.StartAsync(_script!.Name, Arguments, named, PageLifetime);
            navigation.NavigateTo($"/processes/{process.Id}");
        }
        catch (PortalException refusal)
        {
            _faults = refusal.Message.Split('\n');
        }

        _starting = false;
    }
}
