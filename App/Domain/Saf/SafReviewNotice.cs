using AdminPortal.Domain.Common;
using AdminPortal.Domain.Data;
using AdminPortal.Domain.Mail;
using AdminPortal.Domain.Processes;
using AdminPortal.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Domain.Saf;

/// <summary>Tells reviewers, at the end of an import, what it has put before them.</summary>
public sealed class SafReviewNotice(IDbContextFactory<PortalDb> databases, ReviewIntake review, MailOutbox outbox)
{
    /// <summary>Tells them, if the import was asked to. May be repeated: nobody is told twice.</summary>
    public async Task SendAsync(ProcessRun run, SafImportRequest request, CancellationToken cancellationToken)
    {
        if (!request.Notify || request.Validate)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.BeginTransactionAsync(cancellationToken);
        var count = await review.AnnounceAsync(db, run.Process.Id, cancellationToken);
        await run.CommitAsync(db, cancellationToken);
        if (count > 0)
        {
            run.Log(outbox.IsOn ? Severity.Info : Severity.Warning, outbox.IsOn ? $"The reviewers are told of {count} items by mail." : $"Mail is off, so nobody is told of the {count} items that wait for review.");
        }
    }
}
