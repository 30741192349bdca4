using AdminPortal.Domain.Mail;

namespace AdminPortal.Web.Jobs;

/// <summary>Empties the outbox of mails. Runs on every node; each mail is sent by one of them.</summary>
internal sealed class MailDelivery(MailOutbox outbox, MailSender sender, TimeProvider clock, ILogger<MailDelivery> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _cleaning = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!outbox.IsOn)
        {
            logger.LogInformation("Mail is off, because the setting Mail:Host is empty; nobody is told anything by mail");
            return;
        }

        var cleaned = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(_interval, clock);
        do
        {
            try
            {
                while (await sender.SendNextAsync(stoppingToken))
                {
                    // The next one.
                }

                if (clock.GetUtcNow() - cleaned > _cleaning)
                {
                    await sender.ForgetOldAsync(stoppingToken);
                    cleaned = clock.GetUtcNow();
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Could not look after the mails; tries again in {Interval}", _interval);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
