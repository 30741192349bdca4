using System.Globalization;
using AdminPortal.Domain.Processes;
using Quartz;

namespace AdminPortal.Web.Jobs;

/// <summary>Runs the process that its data names. When its node is killed, Quartz starts it again on another.</summary>
internal sealed class RunProcessJob(ProcessRunner runner, IHostApplicationLifetime lifetime) : IJob
{
    public const string ProcessId = "process";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await runner.RunAsync(long.Parse(context.MergedJobDataMap.GetString(ProcessId)!, CultureInfo.InvariantCulture), null, stop.Token);
    }
}
