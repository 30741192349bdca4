using AdminPortal.Domain.Common;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Web.Endpoints;

/// <summary>Reads searches for processes, with the names that DSpace gave the properties.</summary>
internal sealed class ProcessQuery(EPersonService people)
{
    private static readonly Dictionary<string, string> _columns = new(StringComparer.OrdinalIgnoreCase) { ["creationTime"] = "created", ["startTime"] = "started", ["endTime"] = "ended" };

    /// <summary>The filter for a conjunction of properties, at least one.</summary>
    public async Task<ProcessFilter> ReadAsync(string? userId, string? scriptName, string? processStatus, CancellationToken cancellationToken)
    {
        if (userId is null && scriptName is null && processStatus is null)
        {
            throw new PortalException("Give at least one of userId, scriptName and processStatus.");
        }

        var owner = userId is null or Caller.Operator ? userId
            : (await people.FindAsync(userId, cancellationToken))?.Email ?? throw new PortalException($"Nobody has the id or address {userId}.");
        return new(State(processStatus), scriptName, owner);
    }

    /// <summary>The state that scripts call so; DSpace's words and capitals will do too.</summary>
    public static ProcessState? State(string? name) => name?.ToLowerInvariant() switch
    {
        null => null,
        "scheduled" => ProcessState.Queued,
        var known => Enum.GetValues<ProcessState>().Cast<ProcessState?>().FirstOrDefault(state => state!.Value.ToName() == known)
            ?? throw new PortalException($"There is no status {name}. Use one of {string.Join(", ", Enum.GetValues<ProcessState>().Select(state => state.ToName()))}."),
    };

    /// <summary>The page that is asked for, e.g. sorted by <c>startTime,desc</c>; newest first unless said.</summary>
    public static PageRequest Page(int page, int size, IReadOnlyList<string?> sorts)
    {
        var take = Math.Clamp(size, 1, 1000);
        var skip = (int)Math.Min(int.MaxValue, Math.Max(0L, page) * take);
        if (sorts.Count == 0)
        {
            return new(skip, take);
        }

        var parts = sorts[0]?.Split(',') ?? [];
        return sorts.Count == 1 && parts.Length is 1 or 2 && _columns.TryGetValue(parts[0], out var column)
            && (parts.Length == 1 || parts[1].ToLowerInvariant() is "asc" or "desc")
            ? new(skip, take, column, parts is [_, var direction] && direction.Equals("desc", StringComparison.OrdinalIgnoreCase))
            : throw new PortalException($"Sort by one of {string.Join(", ", _columns.Keys)}, with ,asc or ,desc after it, e.g. sort=startTime,desc.");
    }
}
