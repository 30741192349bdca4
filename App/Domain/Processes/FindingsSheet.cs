using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Processes;

/// <summary>Findings as a table, to be sent to whoever made the package.</summary>
public static class FindingsSheet
{
    private static readonly TableColumn[] _columns =
        [new("Severity", 10), new("Item", 24), new("File", 24), new("Line", 8), new("Field", 28), new("Message", 80), new("Remedy", 80)];

    /// <summary>The table of some findings, a row each.</summary>
    public static Table Of(IAsyncEnumerable<ProcessFinding> findings) => new(
        "Findings",
        _columns,
        findings.Select(finding => (IReadOnlyList<object?>)[finding.Severity.ToString(), finding.Item, finding.File, finding.Line, finding.Field, finding.Message, finding.Remedy]));
}
