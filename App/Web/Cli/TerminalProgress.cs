using AdminPortal.Domain.Processes;

namespace AdminPortal.Web.Cli;

/// <summary>Shows a run's progress on stderr: one line that changes on a terminal, a line every few seconds elsewhere.</summary>
internal static class TerminalProgress
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);

    public static Action<ProcessRun> Create(long processId)
    {
        var (started, last) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
        return run =>
        {
            var now = DateTimeOffset.UtcNow;
            if (Console.IsErrorRedirected && now - last < _pause)
            {
                return;
            }

            last = now;
            var rate = run.Done / (now - started).TotalSeconds;
            var left = run.Total is { } total && rate > 0 ? $", {TimeSpan.FromSeconds((total - run.Done) / rate):h\\:mm\\:ss} left" : "";
            var text = $"Process {processId}: {run.Phase ?? $"{run.Done} of {run.Total} items, {rate:0} a second{left}"}";
            Console.Error.Write(Console.IsErrorRedirected ? text + "\n" : $"\r{text,-79}");
        };
    }
}
