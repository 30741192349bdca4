using System.Text.RegularExpressions;
using AdminPortal.Domain.Data;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Mail;

/// <summary>Takes mails to be sent. While no mail server is set, mail is off and none are taken.</summary>
public sealed class MailOutbox(IOptions<MailOptions> options, TimeProvider clock)
{
    private const int LongestSubject = 200;

    /// <summary>Whether there is a mail server.</summary>
    public bool IsOn => options.Value.Host.Length > 0;

    /// <summary>Adds a mail to what the context saves, so that it exists if and only if what it tells of does.</summary>
    /// <param name="db">The context that saves what the mail tells of.</param>
    /// <param name="to">The address.</param>
    /// <param name="subject">The subject; becomes one line of at most 200 characters.</param>
    /// <param name="text">The plain text.</param>
    public void Add(PortalDb db, string to, string subject, string text)
    {
        if (!IsOn)
        {
            return;
        }

        var line = Regex.Replace(subject, @"[\s\p{Cc}]+", " ").Trim();
        var now = clock.GetUtcNow();
        db.Mails.Add(new OutgoingMail
        {
            Recipient = to,
            Subject = line.Length <= LongestSubject ? line : line[..(LongestSubject - 1)] + "…",
            Text = text,
            Created = now,
            NextAttempt = now,
        });
    }

    /// <summary>The address of a page, e.g. of <c>/reviews</c>; null when the settings do not say where the portal is.</summary>
    public string? Link(string path) => options.Value.BaseUrl is { Length: > 0 } portal ? portal.TrimEnd('/') + path : null;
}
