using System.Globalization;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Formats;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Mail;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Review;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Search;
using AdminPortal.Domain.Storage;
using AdminPortal.Web;
using AdminPortal.Web.Auth;
using AdminPortal.Web.Cli;
using AdminPortal.Web.Endpoints;
using AdminPortal.Web.FirstStart;
using AdminPortal.Web.Hosting;
using AdminPortal.Web.Jobs;

// ICU is there for the letters of texts; what is printed and compared is the same on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

return await PortalCommands.RunAsync(args, Configure, Pipeline);

static void Configure(WebApplicationBuilder builder, DataDirectory data, Node node)
{
    builder.Services.AddSingleton(data);
    builder.Services.AddPortalDatabase(builder.Configuration)
        .AddEPeople().AddMail().AddStorage(data.Path).AddItems().AddFormats().AddSearch(data.Path).AddReview().AddProcesses().AddSaf().AddOai();
    builder.Services.AddPortalUi().AddSignIn().AddJobs(builder.Configuration, node).AddFirstStart(node);
}

static void Pipeline(WebApplication app)
{
    app.UsePortalPipeline();
    app.MapFiles();
    app.MapResumableUploads();
    app.MapProcesses();
    app.MapScripts();
    app.MapReviews();
    app.MapSearch();
    app.MapSavedSearches();
    app.MapOai();
    app.MapOaiServer();
    app.MapOaiSets();
    app.MapOaiCheck();
    app.MapSamples();
    app.MapPortalUi();
}
