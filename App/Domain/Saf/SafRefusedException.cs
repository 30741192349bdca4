using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>A whole package is refused because it is hostile, damaged or no SAF package at all; nothing of it was used.</summary>
public sealed class SafRefusedException(IReadOnlyList<Finding> findings) : PortalException(Sentence(findings))
{
    /// <summary>Every reason that was found, at least one; <see cref="Finding.Item"/> is null where the package as a whole is meant.</summary>
    public IReadOnlyList<Finding> Findings { get; } = findings;

    private static string Sentence(IReadOnlyList<Finding> findings) =>
        $"{findings[0].Message} {findings[0].Remedy}".TrimEnd()
        + (findings.Count > 1 ? $" ({findings.Count - 1} more of this kind.)" : "");
}

/// <summary>Gathers the reasons to refuse a package, from several threads if need be; a hostile package cannot make it grow for ever.</summary>
internal sealed class SafRefusal
{
    private const int Most = 100;
    private readonly List<Finding> _findings = [];
    private readonly Lock _lock = new();

    public void Add(string message, string remedy, string? item = null, string? file = null, int? line = null)
    {
        lock (_lock)
        {
            if (_findings.Count < Most)
            {
                _findings.Add(new Finding { Severity = Severity.Error, Item = item, File = file, Line = line, Message = message, Remedy = remedy });
            }
        }
    }

    public void ThrowIfAny()
    {
        if (_findings.Count > 0)
        {
            throw new SafRefusedException(_findings);
        }
    }

    public static SafRefusedException Because(string message, string remedy, string? item = null, string? file = null) =>
        new([new Finding { Severity = Severity.Error, Item = item, File = file, Message = message, Remedy = remedy }]);
}
