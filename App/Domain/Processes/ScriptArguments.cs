using System.Text.Json;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Processes;

/// <summary>One argument, e.g. <c>-c 123456789/2</c>.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">The value; null for a flag.</param>
public sealed record ScriptArgument(string Name, string? Value = null);

/// <summary>What a process was asked to do, in the order it was given.</summary>
public sealed record ScriptArguments(IReadOnlyList<ScriptArgument> All)
{
    /// <summary>Nothing in particular.</summary>
    public static ScriptArguments None { get; } = new([]);

    /// <summary>The arguments of a stored process.</summary>
    public static ScriptArguments Of(Process process) => new(JsonSerializer.Deserialize<IReadOnlyList<ScriptArgument>>(process.Parameters, JsonSerializerOptions.Web) ?? []);

    /// <summary>Whether the argument was given.</summary>
    public bool Has(string name) => All.Any(argument => argument.Name == name);

    /// <summary>The argument's first value; null when it was not given.</summary>
    public string? Get(string name) => All.FirstOrDefault(argument => argument.Name == name)?.Value;

    /// <summary>All values of an argument, in order.</summary>
    public IReadOnlyList<string> GetAll(string name) => [.. All.Where(argument => argument.Name == name).Select(argument => argument.Value).OfType<string>()];

    /// <summary>The same with one argument more; nothing is added when <paramref name="value"/> is null or false.</summary>
    public ScriptArguments With(string name, object? value) => value switch
    {
        null or false => this,
        true => new([.. All, new(name)]),
        IEnumerable<string> several => new([.. All, .. several.Select(one => new ScriptArgument(name, one))]),
        _ => new([.. All, new(name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture))]),
    };

    /// <summary>The same without an argument.</summary>
    public ScriptArguments Without(string name) => new([.. All.Where(argument => argument.Name != name)]);

    /// <summary>The same as others may read it: URLs lose their queries, which may hold secrets.</summary>
    public ScriptArguments Shown => new([.. All.Select(argument =>
        Uri.TryCreate(argument.Value, UriKind.Absolute, out var url) && url.Query is not "" ? argument with { Value = UrlText.WithoutQuery(url) } : argument)]);

    /// <summary>The arguments as a process keeps them: <c>[{"name":"-c","value":"123456789/2"},{"name":"-v","value":null}]</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(All, JsonSerializerOptions.Web);

    /// <summary>The arguments as they are typed, quoted for a shell, e.g. <c>-a -c 123456789/2 -z 'my package.zip'</c>.</summary>
    public override string ToString() => string.Join(' ', All.Select(argument => argument.Value is null ? argument.Name : $"{argument.Name} {Quote(argument.Value)}"));

    private static string Quote(string value) =>
        value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || c is '.' or '/' or '-' or '_' or ':' or '@' or '=' or ',') ? value : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
