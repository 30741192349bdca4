using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Storage;
using Microsoft.Extensions.Options;

namespace AdminPortal.Domain.Saf;

/// <summary>Downloads packages from URLs into the bitstream store.</summary>
public sealed partial class SafDownload(IBitstreamStore store, IOptions<SafDownloadOptions> options, IOptions<UploadOptions> uploads, TimeProvider clock)
{
    private const int LongestUrl = 4000;
    private static readonly TimeSpan _handOver = TimeSpan.FromSeconds(30);

    /// <summary>Where a process's download lies until it is whole. It outlives the run, so that the next one goes on with it.</summary>
    public static string WorkspaceOf(long processId) => $"process-{processId}-download";

    /// <summary>Reads a URL and refuses what is never fetched. Whether its server may be asked is known only when it is connected to.</summary>
    /// <exception cref="PortalException">It is no URL, neither http nor https, or holds a name or password.</exception>
    public static Uri Validate(string url)
    {
        if (url.Length > LongestUrl || !Uri.TryCreate(url.Trim(), UriKind.Absolute, out var read) || (read.Host is "" && !read.IsFile))
        {
            throw new PortalException($"That is no address of a package. Give one of at most {LongestUrl} characters, such as https://example.org/package.zip.");
        }

        if (read.Scheme is not ("http" or "https"))
        {
            throw new PortalException($"Packages are fetched by http or https, not by {read.Scheme}. Give another address, or upload the package.");
        }

        return read.UserInfo is ""
            ? read
            : throw new PortalException($"{UrlText.WithoutQuery(read)} was given with a name or password, which would be kept with the process. Give an address that needs none, or upload the package.");
    }

    /// <summary>What the package is called: the last part of the URL's path, else its host.</summary>
    public static string NameOf(Uri url) => Upload.CleanName(Uri.UnescapeDataString(url.AbsolutePath).Split('/') is [.., { Length: > 0 } last] ? last : url.Host);

    /// <summary>Downloads a package. What has arrived when it fails stays for another try, in the workspace, which is the caller's to clear afterwards.</summary>
    /// <param name="url">Where it is, as <see cref="Validate"/> gave it.</param>
    /// <param name="workspace">Where its bytes lie until it is whole; an earlier try with the same URL left its own there.</param>
    /// <param name="progress">Hears how far it is, about every megabyte.</param>
    /// <param name="keep">Takes the whole package into the store, while no other run can touch it.</param>
    /// <param name="cancellationToken">Stops; what has arrived stays.</param>
    /// <exception cref="PortalException">It may not be had, is too large, takes too long, or the connection broke too often.</exception>
    public async Task<StoredContent> DownloadAsync(
        Uri url, string workspace, Action<SafDownloadProgress> progress, Func<StagedContent, Task> keep, CancellationToken cancellationToken)
    {
        await using var file = await OpenAsync(workspace, cancellationToken);
        var known = SafDownloadState.Parse(await file.ReadNoteAsync(cancellationToken));
        using var transfer = new SafDownloadTransfer(options.Value, store, file, file.Length < known.Received ? SafDownloadState.Nothing : known);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(options.Value.MaxTime);
        try
        {
            await RetryAsync(url, transfer, progress, time.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PortalException(
                $"{UrlText.WithoutQuery(url)} was not here within {options.Value.MaxTime}, the longest that a download may take. {ByteText.Of(transfer.State.Received)} have arrived. Resume the process to go on.");
        }

        file.CutTo(transfer.State.Received);
        var staged = await file.SealAsync(cancellationToken);
        await keep(staged);
        return staged.Content;
    }

    /// <summary>Removes downloads with which no run has gone on for as long as partial uploads are kept. Safe on several nodes at once.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> RemoveAbandonedAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var workspace in Abandoned(clock.GetUtcNow().AddHours(-uploads.Value.KeepPartialHours)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var file = store.OpenPartial(workspace);
            if (file is not null)
            {
                store.ClearWorkspace(workspace);
                removed++;
            }
        }

        return removed;
    }

    private IEnumerable<string> Abandoned(DateTimeOffset since) =>
        store.ListWorkspaces().Where(found => found.LastUsed < since && WorkspacePattern().IsMatch(found.Workspace)).Select(found => found.Workspace);

    // A run that was taken over holds the file until it notices, half a second at most unless its machine sleeps.
    private async Task<PartialFile> OpenAsync(string workspace, CancellationToken cancellationToken)
    {
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < _handOver; await Task.Delay(200, cancellationToken))
        {
            if (store.OpenPartial(workspace) is { } file)
            {
                return file;
            }
        }

        throw new PortalException("Another run of this process is still downloading the package. Resume the process in a few minutes.");
    }

    private async Task RetryAsync(Uri url, SafDownloadTransfer transfer, Action<SafDownloadProgress> progress, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var before = transfer.State.Received;
            try
            {
                await transfer.RunAsync(url, progress, cancellationToken);
                return;
            }
            catch (Exception trouble) when (trouble is HttpRequestException or IOException)
            {
                tries = transfer.State.Received > before ? 0 : tries;
                if (tries >= options.Value.Retries || IsLasting(trouble.GetBaseException()))
                {
                    throw new PortalException(
                        $"{UrlText.WithoutQuery(url)} could not be downloaded: {Reason(trouble)}. {ByteText.Of(transfer.State.Received)} have arrived. Check the address, or resume the process to go on.", trouble);
                }

                var pause = TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, tries)));
                progress(new(transfer.State.Received, transfer.State.Total, $"{Reason(trouble)}, tries again in {pause.TotalSeconds:0} s"));
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    // A name that does not exist, or a certificate that is not trusted, will be so in a minute.
    private static bool IsLasting(Exception cause) => cause is AuthenticationException or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData };

    // What the framework says may name the address with its query, but never in what the system or the certificate's check says.
    private static string Reason(Exception trouble) => trouble.GetBaseException().Message.TrimEnd('.');

    [GeneratedRegex(@"^process-\d+-download$")]
    private static partial Regex WorkspacePattern();
}
