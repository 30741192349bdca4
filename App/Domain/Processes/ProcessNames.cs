using System.Text.Json;

namespace AdminPortal.Domain.Processes;

/// <summary>The names that scripts know states by.</summary>
public static class ProcessNames
{
    /// <summary>The state as scripts read it, e.g. <c>completed_with_errors</c>.</summary>
    public static string ToName(this ProcessState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());
}
