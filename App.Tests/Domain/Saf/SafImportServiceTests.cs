using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Saf;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Domain.Saf;

public sealed class SafImportServiceTests : ImportTests
{
    [Fact]
    public async Task Start_ForeignCollection_IsRefusedToCurators()
    {
        await using var scope = Portal.As(Role.Curator);

        var refusal = await Assert.ThrowsAsync<ForbiddenException>(() => scope.Get<SafImportService>().StartLocalAsync(Request(Package.WithItem("item_1").Folder()), Token));

        Assert.Equal("You are not a curator of the collection Theses. Ask an administrator to make you one.", refusal.Message);
    }

    [Fact]
    public async Task RunAgain_FolderOfTheServer_IsForAdministratorsOnly()
    {
        await using (var administrator = Portal.As(Role.Administrator))
        {
            await administrator.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), Collection.Id, Token);
        }

        await using var curator = Portal.As(Role.Curator);
        var imports = curator.Get<SafImportService>();
        var process = await imports.StartLocalAsync(Request(Package.WithItem("item_1").Folder()) with { Validate = true }, Token);

        await Assert.ThrowsAsync<ForbiddenException>(() => imports.RunAgainAsync(process.Id, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => imports.ImportValidatedAsync(process.Id, Token));
        await using var operators = Portal.AsOperator();
        Assert.Equal(process.Parameters, (await operators.Get<SafImportService>().RunAgainAsync(process.Id, Token)).Parameters);
    }

    [Fact]
    public async Task RunAgain_Upload_StartsAnotherProcessWithTheSamePackage()
    {
        await using var scope = Portal.AsOperator();
        await using var zip = File.OpenRead(Package.WithItem("item_1").Zip());
        var upload = await scope.Get<AdminPortal.Domain.Storage.UploadService>().ReceiveAsync("package.zip", zip, Token);
        var imports = scope.Get<SafImportService>();
        var first = await imports.StartAsync(upload.Id, Request("package.zip"), Token);
        await Portal.Get<ProcessRunner>().RunAsync(first.Id, null, Token);

        var second = await imports.RunAgainAsync(first.Id, Token);
        await Portal.Get<ProcessRunner>().RunAsync(second.Id, null, Token);

        var rows = await scope.Get<ItemService>().ListAsync(new ItemFilter(), new PageRequest(), Token);
        Assert.Equal((2, first.Parameters), (rows.Total, second.Parameters));
    }
}
