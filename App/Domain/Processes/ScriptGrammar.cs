using System.Globalization;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Processes;

/// <summary>Checks arguments against the parameters of a script.</summary>
public static class ScriptGrammar
{
    /// <summary>The parameter that every script has; with it the process only logs its usage.</summary>
    public static ScriptParameter Help { get; } = new("-h", "--help", ParameterType.Flag, "Writes what can be given into the log, and does nothing.");

    /// <summary>The arguments by the names that parameters have, with everything that is wrong with them.</summary>
    /// <param name="script">The script.</param>
    /// <param name="given">The arguments as somebody wrote them.</param>
    /// <param name="isLocal">Whether that was at the shell of the machine.</param>
    public static (ScriptArguments Arguments, IReadOnlyList<string> Faults) Check(IScript script, ScriptArguments given, bool isLocal)
    {
        var faults = new List<string>();
        var arguments = new List<ScriptArgument>();
        var mentioned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var argument in given.All)
        {
            var parameter = script.Parameters.Append(Help).FirstOrDefault(known => known.IsCalled(argument.Name));
            if (parameter is null)
            {
                faults.Add($"{script.Name} has no parameter {argument.Name}.{(Nearest.To(argument.Name, script.Parameters.Select(known => known.LongName)) is { } near ? $" Did you mean {near}?" : "")}");
                continue;
            }

            var isFirst = mentioned.Add(parameter.Name);
            if (Fault(parameter, argument.Value, isLocal) is { } fault)
            {
                faults.Add(fault);
            }
            else if (!parameter.Repeatable && !isFirst)
            {
                faults.Add($"{parameter.Name} is given twice. Give it once.");
            }
            else
            {
                arguments.Add(new(parameter.Name, parameter.Type == ParameterType.Flag ? null : argument.Value));
            }
        }

        faults.AddRange(CheckTogether(script, mentioned));
        return (new(arguments), faults);
    }

    /// <summary>The arguments of a line as it is typed, e.g. <c>-c --days 30 --keep-logs</c>; values have no spaces.</summary>
    public static ScriptArguments Split(IReadOnlyList<ScriptParameter> parameters, string line)
    {
        var words = new Queue<string>(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var arguments = new List<ScriptArgument>();
        while (words.TryDequeue(out var word))
        {
            var takesValue = parameters.FirstOrDefault(parameter => parameter.IsCalled(word)) is { Type: not ParameterType.Flag };
            arguments.Add(new(word, takesValue && words.TryDequeue(out var value) ? value : null));
        }

        return new(arguments);
    }

    /// <summary>What can be given, a line for each parameter.</summary>
    public static IEnumerable<string> Usage(IScript script)
    {
        yield return $"{script.Name}: {script.Description}";
        foreach (var parameter in script.Parameters.Append(Help))
        {
            yield return $"  {parameter.Usage}  {parameter.Description}";
        }
    }

    private static string? Fault(ScriptParameter parameter, string? value, bool isLocal)
    {
        if (parameter.LocalOnly && !isLocal)
        {
            return $"{parameter.Name} names something on the server, so it is for the command line. Leave it out.";
        }

        return parameter.Type switch
        {
            // DSpace sends the value true with a flag that is set, and false with one that is not.
            ParameterType.Flag when value is not (null or "" or "true") => $"{parameter.Name} takes no value. Leave out {value}.",
            not ParameterType.Flag when string.IsNullOrWhiteSpace(value) => $"{parameter.Name} needs a value: {parameter.Usage}.",
            ParameterType.Integer when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => $"{parameter.Name} takes a whole number, not {value}.",
            ParameterType.Choice when !parameter.Choices.Contains(value!, StringComparer.OrdinalIgnoreCase) => $"{parameter.Name} cannot be {value}. Give one of {string.Join(", ", parameter.Choices)}.",
            _ => null,
        };
    }

    private static IEnumerable<string> CheckTogether(IScript script, HashSet<string> mentioned)
    {
        if (mentioned.Contains(Help.Name))
        {
            yield break;
        }

        var told = new HashSet<(string, string)>();
        foreach (var parameter in script.Parameters)
        {
            if (!mentioned.Contains(parameter.Name))
            {
                if (parameter.Required)
                {
                    yield return $"{parameter.Name} is missing: {parameter.Usage}.";
                }

                continue;
            }

            foreach (var other in parameter.Excludes.Where(other => mentioned.Contains(other) && told.Add((other, parameter.Name))))
            {
                told.Add((parameter.Name, other));
                yield return $"{parameter.Name} and {other} exclude each other. Give one of them.";
            }

            if (parameter.Needs.Count > 0 && !parameter.Needs.Any(mentioned.Contains))
            {
                yield return $"{parameter.Name} works only together with {string.Join(" or ", parameter.Needs)}.";
            }
        }
    }
}
