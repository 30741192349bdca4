namespace AdminPortal.Domain.Processes;

/// <summary>What a parameter takes.</summary>
public enum ParameterType
{
    /// <summary>Nothing: it is there or not.</summary>
    Flag,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>One of <see cref="ScriptParameter.Choices"/>, whatever its case.</summary>
    Choice,

    /// <summary>The handle or id of a collection.</summary>
    Collection,

    /// <summary>A file: its name among those sent along, or at the command line its path.</summary>
    File,
}

/// <summary>One parameter of a script. Command line, HTTP API and forms are all made from these.</summary>
/// <param name="Name">How arguments are kept and shown: the short name where there is one, e.g. <c>-c</c>, else the long one.</param>
/// <param name="LongName">The long name, e.g. <c>--collection</c>.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Description">A sentence on what it does.</param>
public sealed record ScriptParameter(string Name, string LongName, ParameterType Type, string Description)
{
    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it may be given several times.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Whether only the shell may give it, because it names something on the machine.</summary>
    public bool LocalOnly { get; init; }

    /// <summary>The names of those that it cannot be combined with.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>The names of those of which it needs one.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What a <see cref="ParameterType.Choice"/> may be.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What the value is called in usage texts, e.g. <c>HANDLE|ID</c>.</summary>
    public string? ValueName { get; init; }

    /// <summary>Whether a name written by somebody means this parameter.</summary>
    public bool IsCalled(string name) => name == Name || name == LongName;

    /// <summary>What stands for the value in usage texts: its name, else the choices, else its type.</summary>
    public string Value => ValueName ?? (Choices.Count > 0 ? string.Join('|', Choices) : Type.ToString().ToUpperInvariant());

    /// <summary>The parameter with its names as people type them, e.g. <c>-c, --collection HANDLE|ID</c>.</summary>
    public string Usage => $"{(Name == LongName ? "" : $"{Name}, ")}{LongName}{(Type == ParameterType.Flag ? "" : $" {Value}")}";
}
