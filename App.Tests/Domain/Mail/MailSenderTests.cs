using System.Globalization;
using System.Text;
using AdminPortal.Domain.Mail;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Domain.Mail;

public sealed class MailSenderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendNextAsync_MailInAnyLanguage_ArrivesWhole()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var portal = await CreateAsync(sink.Port);
        await AddAsync(portal, "zofie@example.org", "Zamítnuto:\r\nBcc: everybody@example.org", "Dobrý den,\n\n.\nzáznam čeká.\n");

        Assert.True(await portal.Get<MailSender>().SendNextAsync(Token));
        Assert.False(await portal.Get<MailSender>().SendNextAsync(Token));

        var (headers, body) = Split(Assert.Single(sink.Read()));
        Assert.Equal("Dobrý den,\n\n.\nzáznam čeká.\n", body);
        Assert.Equal(("\"Repository\" <repository@example.org>", "zofie@example.org", "auto-generated"), (headers["From"], headers["To"], headers["Auto-Submitted"]));
        Assert.Equal("Zamítnuto: Bcc: everybody@example.org", DecodeWords(headers["Subject"]));
        Assert.DoesNotContain("Bcc", headers.Keys);
        var mail = await ReadAsync(portal);
        Assert.Equal((1, true, null, null), (mail.Attempts, mail.Sent is not null, mail.NextAttempt, mail.LastError));
        Assert.Equal($"<{mail.Id}.{mail.Created.ToUnixTimeMilliseconds()}@example.org>", headers["Message-ID"]);
    }

    [Fact]
    public async Task SendNextAsync_ServerThatComesBack_GetsTheMailLater()
    {
        var port = SmtpSink.FreePort();
        await using var portal = await CreateAsync(port);
        await AddAsync(portal, "ada@example.org", "Hello", "Text");

        Assert.True(await portal.Get<MailSender>().SendNextAsync(Token));
        Assert.False(await portal.Get<MailSender>().SendNextAsync(Token));
        var failed = await ReadAsync(portal);
        await using var sink = await SmtpSink.StartAsync(port);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await portal.Get<MailSender>().SendNextAsync(Token));

        Assert.Equal((1, null, "Connection refused"), (failed.Attempts, failed.Sent, failed.LastError));
        var sent = await ReadAsync(portal);
        Assert.Equal((2, true, null, 1), (sent.Attempts, sent.Sent is not null, sent.LastError, sink.Read().Count));
    }

    [Fact]
    public async Task SendNextAsync_ServerThatStaysAway_IsTriedLessAndLessAndGivenUpAfterADay()
    {
        await using var portal = await CreateAsync(SmtpSink.FreePort());
        await AddAsync(portal, "ada@example.org", "Hello", "Text");
        var pauses = new List<double>();

        var mail = await ReadAsync(portal);
        for (var tries = 0; mail.NextAttempt is { } next && tries < 100; tries++)
        {
            var until = next - portal.Clock.GetUtcNow();
            portal.Clock.Advance(until > TimeSpan.Zero ? until : TimeSpan.Zero);
            Assert.True(await portal.Get<MailSender>().SendNextAsync(Token));
            mail = await ReadAsync(portal);
            pauses.Add(Math.Round(((mail.NextAttempt ?? next) - next).TotalMinutes));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses.Take(8));
        Assert.Equal((pauses.Count, null, null, "Connection refused"), (mail.Attempts, mail.Sent, mail.NextAttempt, mail.LastError));
        Assert.InRange((portal.Clock.GetUtcNow() - mail.Created).TotalHours, 24, 25.1);
    }

    [Fact]
    public async Task SendNextAsync_BrokenAddress_DoesNotKeepUpTheOthers()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var portal = await CreateAsync(sink.Port);
        await AddAsync(portal, "no address", "Hello", "Text");
        await AddAsync(portal, "ada@example.org", "Hello", "Text");

        while (await portal.Get<MailSender>().SendNextAsync(Token))
        {
        }

        Assert.Single(sink.Read());
    }

    [Fact]
    public async Task SendNextAsync_TwoNodesAtOnce_SendEachMailOnce()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var portal = await CreateAsync(sink.Port);
        for (var i = 0; i < 30; i++)
        {
            await AddAsync(portal, "ada@example.org", $"Mail {i}", "Text");
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            while (await portal.Get<MailSender>().SendNextAsync(Token))
            {
            }
        }));

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"Mail {i}").Order(), sink.Read().Select(mail => DecodeWords(Split(mail).Headers["Subject"])).Order());
    }

    [Fact]
    public async Task Add_NoMailServer_WritesNothing()
    {
        await using var portal = await TestPortal.CreateAsync();

        await AddAsync(portal, "ada@example.org", "Hello", "Text");

        Assert.False(portal.Get<MailOutbox>().IsOn);
        await using var db = portal.OpenDatabase();
        Assert.Equal(0, await db.Mails.CountAsync(Token));
    }

    [Fact]
    public async Task ForgetOldAsync_After90Days_RemovesWhatWasSent()
    {
        await using var portal = await CreateAsync(SmtpSink.FreePort());
        await AddAsync(portal, "ada@example.org", "Old", "Text");
        portal.Clock.Advance(TimeSpan.FromDays(91));
        await AddAsync(portal, "ada@example.org", "New", "Text");

        await portal.Get<MailSender>().ForgetOldAsync(Token);

        Assert.Equal("New", (await ReadAsync(portal)).Subject);
    }

    private static Task<TestPortal> CreateAsync(int port) => TestPortal.CreateAsync(new Dictionary<string, string?>
    {
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = port.ToString(CultureInfo.InvariantCulture),
        ["Mail:From"] = "Repository <repository@example.org>",
    });

    private static async Task AddAsync(TestPortal portal, string to, string subject, string text)
    {
        await using var db = portal.OpenDatabase();
        portal.Get<MailOutbox>().Add(db, to, subject, text);
        await db.SaveChangesAsync(Token);
    }

    private static async Task<OutgoingMail> ReadAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        return await db.Mails.AsNoTracking().SingleAsync(Token);
    }

    private static (IReadOnlyDictionary<string, string> Headers, string Body) Split(string raw)
    {
        var parts = raw.ReplaceLineEndings("\n").Split("\n\n", 2);
        var headers = parts[0].Replace("\n ", " ").Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var body = headers["Content-Transfer-Encoding"] == "base64" ? Encoding.UTF8.GetString(Convert.FromBase64String(parts[1])) : parts[1];
        return (headers, body.ReplaceLineEndings("\n"));
    }

    // =?utf-8?B?…?= =?utf-8?B?…?=
    private static string DecodeWords(string header) => header.StartsWith("=?", StringComparison.Ordinal)
        ? Encoding.UTF8.GetString([.. header.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Convert.FromBase64String(word.Split('?')[3]))])
        : header;
}
