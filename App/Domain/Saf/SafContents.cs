using AdminPortal.Domain.Common;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Domain.Saf;

/// <summary>Reads the files of items that are to be imported, and compares them with the checksums that the package gives. Without a workspace nothing is put aside.</summary>
internal sealed class SafContents(SafPackage package, RegisteredFiles registered, IBitstreamStore store, string? workspace)
{
    /// <summary>The item with its files staged; with a failure when one is not what the package says.</summary>
    public async Task<SafIntakeItem> StageAsync(SafIntakeItem item, CancellationToken cancellationToken)
    {
        if (item.Item.Files.Count == 0)
        {
            return item;
        }

        var (files, contents) = (new List<SafFile>(item.Item.Files.Count), new List<StagedContent>(item.Item.Files.Count));
        foreach (var listed in item.Item.Files)
        {
            var file = await RegisterAsync(listed, cancellationToken);
            await using var content = Open(item.Item, file);
            var staged = file.Registered is null && workspace is not null
                ? await store.StageAsync(content, workspace, cancellationToken)
                : new StagedContent(await ContentHash.OfAsync(content, cancellationToken), null);
            if (IsOther(file, staged.Content.Sha256))
            {
                return Fail(item, file);
            }

            files.Add(file);
            contents.Add(staged);
        }

        return item with { Item = item.Item with { Files = files }, Contents = contents };
    }

    /// <summary>The item as it is; with a failure when one of its files is not what the package says.</summary>
    public async Task<SafIntakeItem> VerifyAsync(SafIntakeItem item, CancellationToken cancellationToken)
    {
        foreach (var file in item.Item.Files.Where(file => file.Sha256 is not null))
        {
            await using var content = Open(item.Item, file);
            if (IsOther(file, (await ContentHash.OfAsync(content, cancellationToken)).Sha256))
            {
                return Fail(item, file);
            }
        }

        return item;
    }

    // A file that was registered where it was exported is registered again, if the very same file lies there here.
    private async Task<SafFile> RegisterAsync(SafFile file, CancellationToken cancellationToken)
    {
        if (file is not { RegisteredBefore: { } place, Sha256: not null, Registered: null } || registered.WhyMissing(place.Store, place.Path) is not null)
        {
            return file;
        }

        await using var content = registered.OpenRead(place.Store, place.Path);
        return IsOther(file, (await ContentHash.OfAsync(content, cancellationToken)).Sha256) ? file : file with { Registered = place };
    }

    private Stream Open(SafItem item, SafFile file) => file is { Registered: { } place }
        ? registered.OpenRead(place.Store, place.Path)
        : package.OpenFile(package.Find(item.Name)!, file.Entry!.Value);

    private static bool IsOther(SafFile file, string sha256) => file.Sha256 is not null && file.Sha256 != sha256;

    private static SafIntakeItem Fail(SafIntakeItem item, SafFile file)
    {
        var finding = new Finding
        {
            Severity = Severity.Error,
            Item = item.Item.Name,
            File = SafNames.Contents,
            Line = file.Line,
            Field = "sha256",
            Message = $"{item.Item.Name}/{file.Path} is not the file that was exported: its SHA-256 is another than contents says.",
            Remedy = "Copy the package again; if the file was changed on purpose, remove sha256 from its line.",
        };
        return item with { Findings = [.. item.Findings, finding], Failure = $"{finding.Message} {finding.Remedy}" };
    }
}
