using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Domain.Mail;

/// <summary>The mail server; section <c>Mail</c> of the settings.</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>The SMTP server; empty turns mail off.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its port: 25, or 587 for servers that ask who is there.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 25;

    /// <summary>The address that mails come from, e.g. <c>Repository &lt;repository@example.org&gt;</c>.</summary>
    public string From { get; init; } = "";

    /// <summary>The user to sign in as; empty for a server that does not ask.</summary>
    public string User { get; init; } = "";

    /// <summary>The user's password.</summary>
    public string Password { get; init; } = "";

    /// <summary>Whether to encrypt the connection, by STARTTLS.</summary>
    public bool Tls { get; init; }

    /// <summary>The address of the portal, for links in mails, e.g. <c>https://repository.example.org</c>; empty for mails without links.</summary>
    public string BaseUrl { get; init; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host.Length > 0 && !MailAddress.TryCreate(From, out _))
        {
            yield return new($"Mail:From is \"{From}\", which is no address. Give the address that mails come from, or leave Mail:Host empty.", [nameof(From)]);
        }

        if (BaseUrl.Length > 0 && !(Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return new($"Mail:BaseUrl is \"{BaseUrl}\", which is no web address. Give the portal's own, e.g. https://repository.example.org.", [nameof(BaseUrl)]);
        }
    }
}

/// <summary>Registers mail.</summary>
public static class MailSetup
{
    /// <summary>Adds the outbox and what empties it; the host calls <see cref="MailSender"/> now and then.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<MailOutbox>().AddSingleton<MailSender>();
    }
}
