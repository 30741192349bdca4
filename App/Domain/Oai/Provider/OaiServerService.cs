using System.Net.Mail;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Oai.Provider;

/// <summary>Switches the provider on and off, and keeps how it presents itself. All nodes know a change within a second.</summary>
public sealed partial class OaiServerService(IDbContextFactory<PortalDb> databases, IOptions<OaiOptions> options, IMemoryCache cache, Caller caller)
{
    private const string NoName = "AdminPortal";

    private static readonly TimeSpan _recent = TimeSpan.FromSeconds(1);

    /// <summary>What was set, for those who may change it.</summary>
    public async Task<OaiServer> GetAsync(CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("see the settings of the harvesting server");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.OaiServers.AsNoTracking().SingleAsync(cancellationToken);
    }

    /// <summary>How the provider presents itself now.</summary>
    public async Task<OaiIdentity> GetIdentityAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return Complete(await db.OaiServers.AsNoTracking().SingleAsync(cancellationToken));
    }

    /// <summary>How the provider presents itself, or did so less than a second ago on another node: for those who ask often.</summary>
    public async Task<OaiIdentity> GetRecentIdentityAsync(CancellationToken cancellationToken) => (await cache.GetOrCreateAsync(typeof(OaiIdentity), entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = _recent;
        return GetIdentityAsync(cancellationToken);
    }))!;

    /// <summary>Answers harvesters from now on, or does not.</summary>
    public async Task SwitchAsync(OaiServerState state, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("switch the harvesting server");
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.OaiServers.ExecuteUpdateAsync(update => update.SetProperty(server => server.State, state), cancellationToken);
        cache.Remove(typeof(OaiIdentity));
    }

    /// <summary>Changes how the provider presents itself. Whether it answers stays as it is, for it may have been switched meanwhile.</summary>
    /// <exception cref="UnusableException">Something is not as the protocol demands it; the message lists everything.</exception>
    public async Task UpdateAsync(OaiServer wanted, CancellationToken cancellationToken)
    {
        caller.RequireAdministrator("change the settings of the harvesting server");
        var faults = Faults(wanted).ToList();
        if (faults.Count > 0)
        {
            throw new UnusableException(string.Join(' ', faults));
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.OaiServers.Update(wanted).Property(server => server.State).IsModified = false;
        await db.SaveChangesAsync(cancellationToken);
        cache.Remove(typeof(OaiIdentity));
    }

    /// <summary>Fills in what is not told.</summary>
    public OaiIdentity Complete(OaiServer server)
    {
        var baseUrl = First(server.BaseUrl, options.Value.BaseUrl);
        var host = Uri.TryCreate(baseUrl, UriKind.Absolute, out var url) && IsDomain(url.Host) ? url.Host : "adminportal.localhost";
        var repository = First(server.RepositoryIdentifier, options.Value.RepositoryIdentifier, host);
        return new()
        {
            State = server.State,
            Name = First(server.Name, options.Value.RepositoryName, NoName),
            BaseUrl = baseUrl,
            AdminEmails = server.AdminEmails.Count > 0 ? server.AdminEmails : [First(options.Value.AdminEmail, $"admin@{repository}")],
            RepositoryIdentifier = repository,
            IdentifierStyle = server.IdentifierStyle,
            Description = server.Description,
            Friends = server.Friends,
            MostRequestsPerMinute = server.MostRequestsPerMinute,
        };
    }

    private static IEnumerable<string> Faults(OaiServer wanted)
    {
        if (wanted.BaseUrl.Length > 0 && !IsWebAddress(wanted.BaseUrl))
        {
            yield return $"The base URL {wanted.BaseUrl} is none. Write one such as https://repository.example.org/oai, without a query.";
        }

        foreach (var email in wanted.AdminEmails.Where(email => !MailAddress.TryCreate(email, out var address) || address.Address != email || !IsDomain(address.Host)))
        {
            yield return $"{email} is no e-mail address such as library@example.org.";
        }

        if (wanted.RepositoryIdentifier.Length > 0 && !IsDomain(wanted.RepositoryIdentifier))
        {
            yield return $"The repository identifier {wanted.RepositoryIdentifier} is no domain name such as repository.example.org.";
        }

        foreach (var friend in wanted.Friends.Where(friend => !IsWebAddress(friend)))
        {
            yield return $"{friend} is no base URL of another repository, such as https://repository.example.org/oai.";
        }

        if (wanted.MostRequestsPerMinute < 0)
        {
            yield return "An address cannot be given fewer than no answers. Write 0 for as many as it asks for.";
        }
    }

    private static string First(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.Fragment.Length == 0;

    private static bool IsDomain(string text) => Domain().IsMatch(text);

    // Specification of the oai-identifier format.
    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+\z")]
    private static partial Regex Domain();
}
