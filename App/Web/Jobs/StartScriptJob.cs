using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;
using Quartz;

namespace AdminPortal.Web.Jobs;

/// <summary>Starts a script at its time, once per cluster, for the operator.</summary>
internal sealed class StartScriptJob(IServiceScopeFactory scopes, ILogger<StartScriptJob> logger) : IJob
{
    public const string Script = "script";
    public const string Lines = "lines";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().BecomeOperator();
        var scripts = scope.ServiceProvider.GetRequiredService<ScriptService>();
        var script = scripts.Get(context.MergedJobDataMap.GetString(Script)!);
        foreach (var line in context.MergedJobDataMap.GetString(Lines)!.Split('\n'))
        {
            var process = await scripts.StartOrFailAsync(script.Name, ScriptGrammar.Split(script.Parameters, line), [], cancellationToken);
            logger.LogInformation("Started {Script} {Arguments} as process {ProcessId}, as scheduled", script.Name, line, process.Id);
        }
    }
}
