using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Storage;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Processes;

public sealed class ScriptServiceTests : ImportTests
{
    [Fact]
    public async Task Start_ForeignCollection_IsRefusedToCurators()
    {
        await using var scope = Portal.As(Role.Curator);

        var refusal = await Assert.ThrowsAsync<ForbiddenException>(() => scope.Get<ScriptService>().StartLocalAsync("import", Adding(Package.WithItem("item_1").Folder()), Token));

        Assert.Equal("You are not a curator of the collection Theses. Ask an administrator to make you one.", refusal.Message);
    }

    [Fact]
    public async Task Start_PathsOfTheServer_AreForTheShellAlone()
    {
        await using var scope = Portal.As(Role.Administrator);
        var scripts = scope.Get<ScriptService>();
        var zip = Package.WithItem("item_1").Zip();

        var folder = await Assert.ThrowsAsync<PortalException>(() => scripts.StartAsync("import", Adding(Package.Folder()), [], Token));
        var file = await Assert.ThrowsAsync<PortalException>(() => scripts.StartAsync("import", Adding(zip), [], Token));

        Assert.Equal("-s names something on the server, so it is for the command line. Leave it out.", folder.Message);
        Assert.Equal("-z names a file of the server. Send the file, and give its name.", file.Message);
    }

    [Fact]
    public async Task StartAgain_FolderOfTheServer_IsForAdministratorsOnly()
    {
        await using (var administrator = Portal.As(Role.Administrator))
        {
            await administrator.Get<CuratorshipService>().AddAsync(TestPortal.IdOf(Role.Curator), Collection.Id, Token);
        }

        await using var curator = Portal.As(Role.Curator);
        var scripts = curator.Get<ScriptService>();
        var process = await scripts.StartLocalAsync("import", Adding(Package.WithItem("item_1").Folder()).With("-v", true), Token);

        await Assert.ThrowsAsync<PortalException>(() => scripts.StartAgainAsync(process.Id, null, Token));
        await Assert.ThrowsAsync<PortalException>(() => scripts.StartAgainAsync(process.Id, arguments => arguments.Without("-v"), Token));
        await using var operators = Portal.AsOperator();
        Assert.Equal(process.Parameters, (await operators.Get<ScriptService>().StartAgainAsync(process.Id, null, Token)).Parameters);
    }

    [Fact]
    public async Task StartAgain_Upload_StartsAnotherProcessWithTheSamePackage()
    {
        await using var scope = Portal.AsOperator();
        await using var zip = File.OpenRead(Package.WithItem("item_1").Zip());
        var upload = await scope.Get<UploadService>().ReceiveAsync("package.zip", zip, Token);
        var scripts = scope.Get<ScriptService>();
        var first = await scripts.StartAsync("import", Adding("package.zip"), [ProcessFile.From(upload)], Token);
        await Portal.Get<ProcessRunner>().RunAsync(first.Id, null, Token);

        var second = await scripts.StartAgainAsync(first.Id, null, Token);
        await Portal.Get<ProcessRunner>().RunAsync(second.Id, null, Token);

        var rows = await scope.Get<ItemService>().ListAsync(new ItemFilter(), new PageRequest(), Token);
        Assert.Equal((2, first.Parameters), (rows.Total, second.Parameters));
    }

    [Theory]
    [InlineData("", "Say what to do: -a adds items, -r replaces them, -d deletes them, --undo takes an import back.")]
    [InlineData("-a -r -z p.zip", "-a and -r exclude each other. Give one of them.")]
    [InlineData("-a -d --undo=3 -z p.zip", "-a and -d exclude each other. Give one of them.\n-a and --undo exclude each other. Give one of them.\n-d and --undo exclude each other. Give one of them.")]
    [InlineData("-a -z p.zip -u=http://example.org/p.zip", "-z and -u exclude each other. Give one of them.")]
    [InlineData("-a", "Send the package as -z, or give its address as -u.")]
    [InlineData("-a -z q.zip", "-z names q.zip, which was not sent. Send the file, or correct the name.")]
    [InlineData("-d", "-d deletes by a mapfile. Give it as -m, or name the import that wrote it as --mapfile-of.")]
    [InlineData("-r -R -z p.zip", "-R works only together with -a.")]
    [InlineData("-a -z p.zip --collektion=1/2", "import has no parameter --collektion. Did you mean --collection?")]
    [InlineData("-a -z p.zip --limit-rate=fast --on-duplicate=ask", "--limit-rate takes a whole number, not fast.\n--on-duplicate cannot be ask. Give one of skip, add, fail.")]
    [InlineData("-a -z p.zip --limit-rate=0 --duplicate-by=dc.nothing", "--limit-rate takes a number of items from 1.\n--duplicate-by: the field dc.nothing is not registered.")]
    [InlineData("-a=maybe -z p.zip -c", "-a takes no value. Leave out maybe.\n-c needs a value: -c, --collection HANDLE|ID.")]
    [InlineData("-a -z p.zip -z p.zip", "-z is given twice. Give it once.")]
    public async Task Start_WrongArguments_AreAllNamed(string arguments, string message)
    {
        await using var scope = Portal.AsOperator();
        var sent = new ProcessFile { ProcessId = 0, Name = "p.zip", Type = ProcessFileTypes.Input, Size = 1, Sha256 = new string('0', 64) };

        var refusal = await Assert.ThrowsAsync<PortalException>(() => scope.Get<ScriptService>().StartAsync("import", Parse(arguments), [sent], Token));

        Assert.Equal(message, refusal.Message);
        await using var db = Portal.OpenDatabase();
        Assert.Equal(0, await db.Processes.CountAsync(Token));
    }

    [Fact]
    public async Task StartOrFail_WrongArguments_BecomeAProcessThatSaysWhy()
    {
        await using var scope = Portal.AsOperator();

        var process = await scope.Get<ScriptService>().StartOrFailAsync("import", Parse("-a --nonsense"), [], Token);

        Assert.Equal((ProcessState.Failed, true, "import has no parameter --nonsense."), (process.State, process.Refused, process.Message));
        var log = await scope.Get<ProcessRecords>().GetLogAsync(process.Id, Severity.Info, new PageRequest(), Token);
        Assert.Equal("import has no parameter --nonsense.", log.Rows[0].Text);
        Assert.Contains(log.Rows, line => line.Text == "  -a, --add  Adds the package's items.");
    }

    [Fact]
    public async Task StartOrFail_Help_CompletesWithTheUsage()
    {
        await using var scope = Portal.AsOperator();

        var process = await scope.Get<ScriptService>().StartOrFailAsync("import", Parse("-h"), [], Token);

        Assert.Equal(ProcessState.Completed, process.State);
        var log = await scope.Get<ProcessRecords>().GetLogAsync(process.Id, Severity.Info, new PageRequest(), Token);
        Assert.StartsWith("import: Adds, replaces or deletes items", log.Rows[0].Text, StringComparison.Ordinal);
    }

    // "-z p.zip" and "--limit-rate=2": a name, then its value if the parameter has one.
    private static ScriptArguments Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var arguments = new List<ScriptArgument>();
        foreach (var word in words)
        {
            if (word.StartsWith('-'))
            {
                var (name, value) = word.Split('=', 2) is [var first, var second] ? (first, second) : (word, null);
                arguments.Add(new(name, value));
            }
            else
            {
                arguments[^1] = arguments[^1] with { Value = word };
            }
        }

        return new(arguments);
    }
}
