namespace AdminPortal.Tests.Domain.Oai.Conformance;

/// <summary>A clock that goes on a little whenever somebody looks, and that does not wait: it moves to the time that was waited for.</summary>
internal sealed class TickingClock : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Advance(TimeSpan.FromMilliseconds(5));

    public override long GetTimestamp() => Advance(TimeSpan.Zero).UtcTicks;

    public DateTimeOffset Advance(TimeSpan time)
    {
        lock (_lock)
        {
            return _now += time;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Advance(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
