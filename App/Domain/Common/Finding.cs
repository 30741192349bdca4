using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Common;

/// <summary>How much a <see cref="Finding"/> weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing needs to be done.</summary>
    Info,

    /// <summary>Was carried out, though probably not as meant.</summary>
    Warning,

    /// <summary>Cannot be carried out until the input is mended.</summary>
    Error,
}

/// <summary>One remark from checking input: what is wrong, where, and what to do about it.</summary>
public sealed record Finding
{
    /// <summary>How much it weighs.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The item's directory in the package, e.g. <c>item_002</c>; null when it concerns the whole package.</summary>
    public string? Item { get; init; }

    /// <summary>The file inside the item's directory, e.g. <c>dublin_core.xml</c>.</summary>
    public string? File { get; init; }

    /// <summary>The line in <see cref="File"/>, counted from 1.</summary>
    public int? Line { get; init; }

    /// <summary>The metadata field or key concerned, e.g. <c>dc.foo.bar</c> or <c>permissions</c>.</summary>
    public string? Field { get; init; }

    /// <summary>What is wrong, as one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it, as one sentence.</summary>
    public string? Remedy { get; init; }

    /// <summary>The finding as one line of a log: the place, as far as the message does not name it, the message and the remedy.</summary>
    public string ToLine()
    {
        var place = string.Join('/', new[] { Item, File }.OfType<string>());
        var unnamed = new List<string>();
        if (!Message.Contains(place, StringComparison.Ordinal))
        {
            unnamed.Add(place);
        }

        if (Line is { } number && !Regex.IsMatch(Message, $@"\b[Ll]ine {number}\b"))
        {
            unnamed.Add($"line {number}");
        }

        return $"{(unnamed.Count == 0 ? "" : $"{string.Join(", ", unnamed)}: ")}{Message} {Remedy}".TrimEnd();
    }
}
