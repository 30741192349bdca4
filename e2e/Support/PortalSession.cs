using AdminPortal.Tests.Support;
using Microsoft.Playwright;
using Xunit.Sdk;

namespace AdminPortal.EndToEnd.Support;

/// <summary>A node of a journey's own, and the browser windows in which its pages are used.</summary>
public sealed class PortalSession(Browser browser) : IAsyncLifetime
{
    /// <summary>The width of a window on an ordinary screen.</summary>
    public const int Wide = 1280;

    private PortalNode? _node;

    /// <summary>The node, with nothing in it but its administrator and what the journey adds.</summary>
    public PortalNode Node => _node!;

    public async ValueTask InitializeAsync() => _node = await PortalNode.StartAsync();

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    /// <summary>Does something in a new window as the administrator.</summary>
    public Task AsAdministratorAsync(Func<IPage, Task> steps, int width = Wide) => AsAsync(PortalNode.Administrator, PortalNode.Password, steps, width);

    /// <summary>Does something in a new window as somebody with an account.</summary>
    public Task AsAsync(string email, string password, Func<IPage, Task> steps, int width = Wide) => AsVisitorAsync(
        async page =>
        {
            await page.GotoAsync("/sign-in");
            await SignInAsync(page, password, email);
            await Assertions.Expect(Heading(page, "Home")).ToBeVisibleAsync();
            await steps(page);
        },
        width);

    /// <summary>Does something in a new window, signed in as nobody. When it fails, what the window shows is kept and the failure says where.</summary>
    public async Task AsVisitorAsync(Func<IPage, Task> steps, int width = Wide)
    {
        await using var context = await browser.OpenAsync(Node.Address, width);
        var page = await context.NewPageAsync();
        var console = new List<string>();
        page.Console += (_, message) => console.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, fault) => console.Add($"uncaught: {fault}");
        try
        {
            await steps(page);
        }
        catch (Exception failure)
        {
            throw new XunitException($"{failure.Message}\n{await KeepAsync(page, console)}", failure);
        }
    }

    /// <summary>Fills the page to sign in with and sends it, as the administrator unless told otherwise.</summary>
    public static async Task SignInAsync(IPage page, string password, string email = PortalNode.Administrator)
    {
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>The heading of a page, which tells that it is shown.</summary>
    public static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1, Exact = true });

    private async Task<string> KeepAsync(IPage page, IEnumerable<string> console)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults"));
        var path = Path.Combine(folder.FullName, $"{TestContext.Current.TestMethod?.MethodName}-{DateTime.UtcNow:HHmmss}");
        await File.WriteAllLinesAsync($"{path}.txt", [page.Url, .. console, "", "The node's log:", .. Node.Log], CancellationToken.None);
        try
        {
            await page.ScreenshotAsync(new() { Path = $"{path}.png", FullPage = true });
            return $"The page looked like {path}.png, and its console and the node's log are in {path}.txt.";
        }
        catch (Exception gone) when (gone is PlaywrightException or TimeoutException)
        {
            return $"The page's console and the node's log are in {path}.txt. It could not be photographed: {gone.Message}";
        }
    }
}
