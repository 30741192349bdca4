using AdminPortal.Domain.Data;
using AdminPortal.Domain.Processes;
using AdminPortal.Web.Auth;

namespace AdminPortal.Web.FirstStart;

internal static class FirstStartSetup
{
    /// <summary>Adds what a node does on an empty database: the first administrator, and the demo repository.</summary>
    public static IServiceCollection AddFirstStart(this IServiceCollection services, Node node) => node.IsCommand
        ? services
        : services.AddScoped<ISeed, FirstAdministrator>().AddScoped<ISeed, DemoRepository>();
}
