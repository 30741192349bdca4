using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Web;

/// <summary>DSpace's own cases for processes and scripts over HTTP; the numbers are those of docs/dspace-cases.md.</summary>
[Collection<RunningPortalCollection>]
public sealed class DSpaceProcessCases(RunningPortal portal)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case13_ImportOfAZip_CompletesWithMapfileLogAndZip()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        var collection = await AddCollectionAsync("Case 13");
        using var package = new SafPackageBuilder().WithItem("saf/item_000", "file1.txt").With("saf/item_000/metadata_dcterms.xml", SafPackageBuilder.DublinCore("""<dcvalue element="title">T</dcvalue>""", "dcterms"));

        var process = await RunAsync(client, "import", package.Zip("saf-bitstreams.zip"), ("-a", null), ("-c", collection.Id.ToString()), ("-z", "saf-bitstreams.zip"));

        Assert.Equal("completed", process.GetProperty("status").GetString());
        var types = process.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("type").GetString()).ToList();
        Assert.Equal(["findings", "importSAFMapfile", "inputfile", "report", "script_output"], types.Order());
        await using var db = portal.Domain.OpenDatabase();
        var item = await db.Items.Include(item => item.Bitstreams).SingleAsync(item => item.Collections.Any(membership => membership.CollectionId == collection.Id), Token);
        Assert.Equal(("Title of saf/item_000", "file1.txt"), (item.Title, item.Bitstreams.Single().Name));
    }

    [Fact]
    public async Task Case30_OneProcess_IsForItsOwnerAndAdministrators()
    {
        var own = await AddProcessAsync(Role.Curator);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized],
            [await StatusAsync(Role.Administrator, $"{own}"), await StatusAsync(Role.Curator, $"{own}"), await StatusAsync(Role.User, $"{own}"), await StatusAsync(null, $"{own}")]);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Role.Administrator, "987654"));
    }

    [Fact]
    public async Task Case31_Lists_AreForAdministratorsAndOwnersNewestFirst()
    {
        var (first, second) = (await AddProcessAsync(Role.Curator), await AddProcessAsync(Role.Curator));
        using var administrator = await portal.CreateClientAsync(Role.Administrator);
        using var curator = await portal.CreateClientAsync(Role.Curator);

        var all = await administrator.GetFromJsonAsync<JsonElement>("/api/system/processes", Token);
        var own = await curator.GetFromJsonAsync<JsonElement>("/api/system/processes/search/own", Token);

        Assert.InRange(all.GetProperty("processes").GetArrayLength(), 2, 20);
        Assert.Equal([second, first], Ids(all).Where(id => id == first || id == second));
        Assert.Equal([second, first], Ids(own).Take(2));
        Assert.All(own.GetProperty("processes").EnumerateArray(), process => Assert.Equal(TestPortal.EmailOf(Role.Curator), process.GetProperty("owner").GetString()));
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [await StatusAsync(Role.Curator, ""), await StatusAsync(null, ""), await StatusAsync(null, "search/own")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?processStatus=ASLEEP")]
    [InlineData("?userId=00000000-0000-0000-0000-000000000001")]
    [InlineData("?scriptName=import&sort=startTime,desc&sort=endTime,asc")]
    [InlineData("?scriptName=import&sort=owner,desc")]
    public async Task Case32_SearchThatMakesNoSense_IsABadRequest(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(Role.Administrator, $"search/byProperty{query}"));

    [Fact]
    public async Task Case32_Search_IsAnExactConjunction()
    {
        var ended = await AddProcessAsync(Role.Curator, ProcessState.Completed, "case-32");
        var failed = await AddProcessAsync(Role.Curator, ProcessState.Failed, "case-32");
        var others = await AddProcessAsync(Role.User, ProcessState.Completed, "case-32");
        using var client = await portal.CreateClientAsync(Role.Administrator);

        async Task<IReadOnlyList<long>> SearchAsync(string query) => Ids(await client.GetFromJsonAsync<JsonElement>($"/api/system/processes/search/byProperty?scriptName=case-32{query}", Token));

        Assert.Equal([others, failed, ended], await SearchAsync(""));
        Assert.Equal([ended, failed, others], await SearchAsync("&sort=creationTime,asc"));
        Assert.Equal([others, ended], await SearchAsync("&processStatus=COMPLETED"));
        Assert.Equal([ended], await SearchAsync($"&processStatus=COMPLETED&userId={TestPortal.IdOf(Role.Curator)}"));
    }

    [Fact]
    public async Task Case33_FilesAndOutput_AreForTheOwnerAndAdministrators()
    {
        var own = await AddProcessAsync(Role.Curator);
        using var client = await portal.CreateClientAsync(Role.Curator);

        var files = await client.GetFromJsonAsync<JsonElement>($"/api/system/processes/{own}/files", Token);
        var types = await client.GetFromJsonAsync<string[]>($"/api/system/processes/{own}/filetypes", Token);
        using var output = await client.GetAsync($"/api/system/processes/{own}/output", Token);

        Assert.Equal([$"{own}-case.log"], files.EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        Assert.Equal(["script_output"], types!);
        Assert.Equal($"{own}-case.log", output.Content.Headers.ContentDisposition!.FileName);
        foreach (var path in new[] { "files", "filetypes", "files/script_output", "output" })
        {
            Assert.Equal(
                [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized],
                [await StatusAsync(Role.Administrator, $"{own}/{path}"), await StatusAsync(Role.Curator, $"{own}/{path}"), await StatusAsync(Role.User, $"{own}/{path}"), await StatusAsync(null, $"{own}/{path}")]);
        }
    }

    [Fact]
    public async Task Case34_Start_AnswersAsDSpaceDoes()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await StartAsync(Role.Administrator, "nothing", [])).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await StartAsync(null, "import", [])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await StartAsync(Role.User, "import", [])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await StartAsync(Role.Curator, "process-cleaner", [])).Status);
        foreach (var properties in new (string, string?)[][] { [("-q", "v"), ("-f", null)], [], [("-a", null)] })
        {
            var (status, process) = await StartAsync(Role.Administrator, "import", properties);
            Assert.Equal((HttpStatusCode.Accepted, "failed"), (status, process.GetProperty("status").GetString()));
        }
    }

    [Fact]
    public async Task Case34_NotMultipartOrAFileThatWasNotSent_IsRefused()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        using var json = await client.PostAsJsonAsync("/api/system/scripts/import/processes", new { }, Token);
        var (unnamed, _) = await StartAsync(Role.Administrator, "import", [("-a", null), ("-z", "absent.zip")]);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity), (json.StatusCode, unnamed));
    }

    [Fact]
    public async Task Case35_Log_HasTheDocumentedLineFormat()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        using var package = new SafPackageBuilder().With("item_0/dublin_core.xml", "<dublin_core/>").With("item_1/contents", "absent.pdf\n").With("item_1/dublin_core.xml", SafPackageBuilder.Titled("T"));

        var process = await RunAsync(client, "import", package.Zip("package.zip"), ("-a", null), ("-c", (await AddCollectionAsync("Case 35")).Handle!.Value), ("-z", "package.zip"));

        var id = process.GetProperty("id").GetInt64();
        var log = (await client.GetStringAsync($"/api/system/processes/{id}/output", Token)).TrimEnd().Split('\n');
        Assert.All(log, line => Assert.Matches(new Regex($@"^\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{{3}} (INFO|WARNING|ERROR) import - {id} @ \S"), line));
        Assert.EndsWith("@ Started import.", log[0], StringComparison.Ordinal);
        Assert.Contains(log, line => line.Contains(" WARNING ", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains(" ERROR ", StringComparison.Ordinal));
        Assert.EndsWith("@ Completed with errors: 2 items, 1 of them failed.", log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case37_Scripts_AreThoseThatTheCallerMayRunInOrder()
    {
        Assert.Equal([], await ScriptsAsync(Role.User));
        var curators = await ScriptsAsync(Role.Curator);
        Assert.Contains("import", curators);
        Assert.DoesNotContain("process-cleaner", curators);
        var administrators = await ScriptsAsync(Role.Administrator);
        Assert.Equal(administrators.Order(StringComparer.Ordinal), administrators);
        Assert.Contains("process-cleaner", administrators);
    }

    [Fact]
    public async Task Events_OfAProcess_TellItsLogAndEnd()
    {
        using var client = await portal.CreateClientAsync(Role.Administrator);
        using var package = new SafPackageBuilder().WithItem("item_0");
        var process = await RunAsync(client, "import", package.Zip("package.zip"), ("-a", null), ("-c", (await AddCollectionAsync("Events")).Handle!.Value), ("-z", "package.zip"));

        var events = await client.GetStringAsync($"/api/system/processes/{process.GetProperty("id")}/events", Token);

        Assert.StartsWith("event: log\ndata: {\"number\":1,", events, StringComparison.Ordinal);
        Assert.Contains("event: progress\ndata: {\"status\":\"completed\",\"done\":1,\"total\":1,", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_OfAnEndedProcess_RemovesIt()
    {
        var own = await AddProcessAsync(Role.Curator);
        using var stranger = await portal.CreateClientAsync(Role.User);
        using var owner = await portal.CreateClientAsync(Role.Curator);

        using var forbidden = await stranger.DeleteAsync($"/api/system/processes/{own}", Token);
        using var deleted = await owner.DeleteAsync($"/api/system/processes/{own}", Token);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NoContent), (forbidden.StatusCode, deleted.StatusCode));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Role.Administrator, $"{own}"));
    }

    private async Task<Collection> AddCollectionAsync(string name) => await portal.Domain.AddCollectionAsync(name);

    private async Task<long> AddProcessAsync(Role owner, ProcessState state = ProcessState.Completed, string script = "case")
    {
        await using var db = portal.Domain.OpenDatabase();
        var process = new Process { Script = script, Title = script, Parameters = "[]", OwnerId = TestPortal.IdOf(owner), Created = portal.Domain.Clock.GetUtcNow(), State = state };
        db.Processes.Add(process);
        await db.SaveChangesAsync(Token);
        return process.Id;
    }

    private async Task<HttpStatusCode> StatusAsync(Role? role, string path)
    {
        using var client = role is { } known ? await portal.CreateClientAsync(known) : portal.CreateClient();
        using var response = await client.GetAsync($"/api/system/processes/{path}", Token);
        return response.StatusCode;
    }

    private async Task<IReadOnlyList<string>> ScriptsAsync(Role role)
    {
        using var client = await portal.CreateClientAsync(role);
        var scripts = await client.GetFromJsonAsync<JsonElement>("/api/system/scripts", Token);
        return [.. scripts.GetProperty("scripts").EnumerateArray().Select(script => script.GetProperty("name").GetString()!)];
    }

    private async Task<(HttpStatusCode Status, JsonElement Process)> StartAsync(Role? role, string script, (string Name, string? Value)[] properties)
    {
        using var client = role is { } known ? await portal.CreateClientAsync(known) : portal.CreateClient();
        using var response = await client.PostAsync($"/api/system/scripts/{script}/processes", Form(null, properties), Token);
        return (response.StatusCode, response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(Token) : default);
    }

    private static async Task<JsonElement> RunAsync(HttpClient client, string script, string? file, params (string Name, string? Value)[] properties)
    {
        using var response = await client.PostAsync($"/api/system/scripts/{script}/processes", Form(file, properties), Token);
        Assert.Equal((HttpStatusCode.Accepted, ""), (response.StatusCode, response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(Token)));
        while (true)
        {
            var process = await client.GetFromJsonAsync<JsonElement>(response.Headers.Location, Token);
            if (process.GetProperty("status").GetString() is not ("queued" or "running"))
            {
                return process;
            }

            await Task.Delay(100, Token);
        }
    }

    private static MultipartFormDataContent Form(string? file, (string Name, string? Value)[] properties)
    {
        var form = new MultipartFormDataContent { { new StringContent(JsonSerializer.Serialize(properties.Select(property => new { name = property.Name, value = property.Value }))), "properties" } };
        if (file is not null)
        {
            form.Add(new StreamContent(File.OpenRead(file)), "file", Path.GetFileName(file));
        }

        return form;
    }

    private static IReadOnlyList<long> Ids(JsonElement list) => [.. list.GetProperty("processes").EnumerateArray().Select(process => process.GetProperty("id").GetInt64())];
}
