namespace AdminPortal.Domain.Common;

/// <summary>Instants as the database keeps them.</summary>
public static class Instants
{
    /// <summary>The instant without what is less than a microsecond, which the database does not keep.</summary>
    public static DateTimeOffset Floor(this DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMicrosecond), at.Offset);
}
