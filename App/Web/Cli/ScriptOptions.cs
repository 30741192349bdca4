using System.CommandLine;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Web.Cli;

/// <summary>The options of a command that starts a script, made from the script's parameters.</summary>
internal sealed class ScriptOptions
{
    private readonly List<(ScriptParameter Parameter, Option Option)> _options;

    public ScriptOptions(IReadOnlyList<ScriptParameter> parameters, Command command)
    {
        _options = [.. parameters.Select(parameter => (parameter, Create(parameter)))];
        foreach (var (_, option) in _options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The arguments as they were typed.</summary>
    public ScriptArguments Read(ParseResult parsed) =>
        _options.Aggregate(ScriptArguments.None, (arguments, known) => arguments.With(known.Parameter.Name, Value(parsed, known.Option)));

    // How often and with what an option may be given is checked by the script's grammar, which says it in words.
    private static Option Create(ScriptParameter parameter)
    {
        var aliases = parameter.Name == parameter.LongName ? [] : new[] { parameter.Name };
        return parameter.Type == ParameterType.Flag
            ? new Option<bool>(parameter.LongName, aliases) { Description = parameter.Description }
            : new Option<string[]>(parameter.LongName, aliases) { Description = parameter.Description, HelpName = parameter.Value };
    }

    private static object? Value(ParseResult parsed, Option option) => option is Option<bool> flag ? parsed.GetValue(flag) : parsed.GetValue((Option<string[]>)option);
}
