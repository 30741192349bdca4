using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.EPeople;
using AdminPortal.Domain.Formats;
using AdminPortal.Domain.Items;
using AdminPortal.Domain.Mail;
using AdminPortal.Domain.Oai;
using AdminPortal.Domain.Oai.Provider;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Review;
using AdminPortal.Domain.Saf;
using AdminPortal.Domain.Search;
using AdminPortal.Domain.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdminPortal.Tests.Support;

/// <summary>
/// The whole domain library over a database, a bitstream store and a clock of its own: what a node has without its web side. Every role
/// has one account, <c>administrator@example.org</c> and so on, with the password <see cref="Password"/>.
/// </summary>
public sealed class TestPortal : IAsyncDisposable
{
    public const string Password = "correct horse";

    private static readonly Role[] _roles = Enum.GetValues<Role>();
    private static readonly Guid[] _people = [.. _roles.Select(_ => Guid.CreateVersion7())];

    private readonly TestDatabase? _database;
    private readonly ServiceProvider _services;

    private TestPortal(string connectionString, TestDatabase? database, IReadOnlyDictionary<string, string?>? settings)
    {
        (_database, ConnectionString) = (database, connectionString);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings)
            .AddInMemoryCollection([new("ConnectionStrings:Portal", connectionString)]).Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddPortalDatabase(configuration).AddEPeople().AddMail().AddStorage(Folder.FullName).AddItems().AddFormats().AddSearch(Folder.FullName).AddReview().AddProcesses().AddSaf().AddOai().AddSingleton<ITokenSeal, PlainSeal>()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>()
            .AddSingleton(new Node("test", IsCommand: true))
            .AddSingleton<IProcessQueue, NoQueue>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    /// <summary>The data directory; the test may put files of its own into it.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("adminportal-portal-");

    public TestClock Clock { get; } = new();

    /// <summary>Connects to this portal's database.</summary>
    public string ConnectionString { get; }

    /// <summary>A portal with an empty repository.</summary>
    /// <param name="settings">Settings such as <c>Saf:MaxEntries</c>; the defaults unless given.</param>
    public static async Task<TestPortal> CreateAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var database = await TestDatabase.CreateAsync(PrepareAsync);
        return new(database.ConnectionString, database, settings);
    }

    /// <summary>The id of the account that has the role.</summary>
    public static Guid IdOf(Role role) => _people[(int)role];

    /// <summary>The e-mail address of the account that has the role.</summary>
    public static string EmailOf(Role role) => $"{role.ToString().ToLowerInvariant()}@example.org";

    /// <summary>Services that act for the account that has the role.</summary>
    public TestScope As(Role role) => Scope(caller => caller.Become(IdOf(role), EmailOf(role), role));

    /// <summary>Services that act for an account of the test's own.</summary>
    public TestScope As(EPerson person) => Scope(caller => caller.Become(person.Id, person.Email!, person.Role));

    /// <summary>Services that act for whoever has the shell.</summary>
    public TestScope AsOperator() => Scope(caller => caller.BecomeOperator());

    /// <summary>Services that act for nobody.</summary>
    public TestScope AsVisitor() => Scope(_ => { });

    /// <summary>The database itself, to arrange or look behind the services.</summary>
    public PortalDb OpenDatabase() => _services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContext();

    /// <summary>A service that acts for nobody in particular.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Folder.Delete(recursive: true);
    }

    private static async Task PrepareAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var portal = new TestPortal(connectionString, null, null);
        await portal._services.PrepareDatabaseAsync(unlessDone: false, cancellationToken);
        await using var scope = portal.AsOperator();
        foreach (var role in _roles)
        {
            var person = new EPerson { Id = IdOf(role), UserName = EmailOf(role), Email = EmailOf(role), EmailConfirmed = true, LockoutEnabled = true, Role = role, Created = portal.Clock.GetUtcNow() };
            Assert.True((await scope.Get<UserManager<EPerson>>().CreateAsync(person, Password)).Succeeded);
        }
    }

    private TestScope Scope(Action<Caller> become)
    {
        var scope = new TestScope(_services.CreateAsyncScope());
        become(scope.Get<Caller>());
        return scope;
    }

    private sealed class NoQueue : IProcessQueue
    {
        public Task EnqueueAsync(long processId, int attempt, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Services that act for somebody.</summary>
public sealed class TestScope(AsyncServiceScope scope) : IAsyncDisposable
{
    public T Get<T>()
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
