using System.Net;
using System.Net.Mail;
using System.Text;
using AdminPortal.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Mail;

/// <summary>
/// Hands mails to the mail server. A mail belongs to one node at a time; when the node dies in the midst of it, another tries again, so that
/// a mail arrives at least once. One that failed waits a minute, then two, four … up to an hour, and is given up after a day.
/// </summary>
public sealed class MailSender(IDbContextFactory<PortalDb> databases, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailSender> logger)
{
    private static readonly TimeSpan _patience = TimeSpan.FromDays(1);
    private static readonly TimeSpan _memory = TimeSpan.FromDays(90);

    // Shorter than the first pause, so that no other node takes up a mail that this one is sending.
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(30);

    /// <summary>Tries to send the mail that has waited longest.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> SendNextAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } mail)
        {
            return false;
        }

        try
        {
            await SendAsync(mail, cancellationToken);
            logger.LogInformation("Sent mail {MailId} to {Address}", mail.Id, mail.Recipient);
            await NoteAsync(mail, sent: clock.GetUtcNow(), null, null);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var givenUp = clock.GetUtcNow() - mail.Created >= _patience;
            var reason = failure is OperationCanceledException ? $"The mail server did not answer within {_timeout.TotalSeconds} s." : failure.GetBaseException().Message;
            logger.LogWarning("Could not send mail {MailId} to {Address}: {Reason} {Next}", mail.Id, mail.Recipient, reason, givenUp ? "Gives up." : $"Tries again at {mail.NextAttempt:HH:mm}.");
            await NoteAsync(mail, sent: null, givenUp ? null : mail.NextAttempt, reason);
        }

        return true;
    }

    /// <summary>Removes what was written more than 90 days ago, sent or not.</summary>
    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - _memory;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Mails.Where(mail => mail.Created < since).ExecuteDeleteAsync(cancellationToken);
    }

    // Set to its next attempt before it is sent: no transaction stays open while the mail server thinks, and nothing is lost with the node.
    private async Task<OutgoingMail?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var claimed = await db.Mails.FromSql(
            $"""
             UPDATE mail SET attempts = attempts + 1, next_attempt = {now} + least(interval '1 hour', interval '1 minute' * power(2, attempts))
             WHERE id = (SELECT id FROM mail WHERE next_attempt <= {now} ORDER BY next_attempt, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *
             """).AsNoTracking().ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    private async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var server = options.Value;
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.Tls,
            Credentials = server.User.Length > 0 ? new NetworkCredential(server.User, server.Password) : null,
        };
        var from = new MailAddress(server.From);
        using var message = new MailMessage(from, new MailAddress(mail.Recipient))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
        };

        // The same however often it is sent, so that a mail that arrives twice can be known as one; and nobody's holiday is to answer it.
        message.Headers.Add("Message-ID", $"<{mail.Id}.{mail.Created.ToUnixTimeMilliseconds()}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_timeout);
        await client.SendMailAsync(message, timeout.Token);
    }

    // What became of it is noted even when the node is about to stop.
    private async Task NoteAsync(OutgoingMail mail, DateTimeOffset? sent, DateTimeOffset? next, string? error)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await db.Mails.Where(row => row.Id == mail.Id && row.Attempts == mail.Attempts).ExecuteUpdateAsync(
            update => update.SetProperty(row => row.Sent, sent).SetProperty(row => row.NextAttempt, next).SetProperty(row => row.LastError, error), CancellationToken.None);
    }
}
