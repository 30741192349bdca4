using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Processes;

namespace AdminPortal.Domain.Saf;

/// <summary>One item on its way into a package.</summary>
internal sealed class SafExportWork(SafExportDue due) : IDisposable
{
    public SafExportDue Due => due;

    /// <summary>Why the item cannot be exported; null when it can.</summary>
    public string? Failure { get; set; }

    /// <summary>The files of its folder that are packed already, or are to be read when they are written.</summary>
    public List<(SafOutputFile File, ZipPacked? Packed)> Files { get; } = [];

    /// <summary>The lines of the item's files in the list of checksums; empty when there is none.</summary>
    public string Manifest { get; private set; } = "";

    /// <summary>Whether there is something to write.</summary>
    public bool IsWritten => due.Item is not null && Failure is null;

    /// <summary>Bytes of the item's files.</summary>
    public long Bytes => IsWritten ? due.Item!.Bitstreams.Sum(file => file.Size) : 0;

    /// <summary>Where a file of the item lies in the package.</summary>
    public string PathOf(SafOutputFile file) => $"{due.Name}/{file.Name}";

    /// <summary>Notes the checksums as <c>sha256sum</c> prints them: <c>DIGEST  1/contents</c>. No name has anything in it that would have to be escaped.</summary>
    public void NoteChecksums(IEnumerable<SafOutputFile> files)
    {
        var lines = new StringBuilder();
        foreach (var file in files)
        {
            lines.Append(file.Bitstream?.Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(SafWriter.BytesOf(file.Text!)))).Append("  ").Append(PathOf(file)).Append('\n');
        }

        Manifest = lines.ToString();
    }

    public JournalEntry ToJournal() => new()
    {
        Name = due.Name,
        Outcome = Failure is not null ? JournalOutcome.Failed : due.Item is null ? JournalOutcome.Skipped : JournalOutcome.Exported,
        ItemId = due.ItemId,
        Handle = due.Item?.Handle?.Value,
        Message = Failure ?? (due.Item is null ? "The item was deleted after the export had begun." : null),
    };

    public Finding? ToFinding() => Failure is null ? null : new Finding { Severity = Severity.Error, Item = due.Name, Message = $"{due.Item!.Title ?? due.Item.Handle?.Value ?? $"{due.ItemId}"} is left out. {Failure}" };

    public void Dispose()
    {
        foreach (var (_, packed) in Files)
        {
            packed?.Return();
        }

        Files.Clear();
    }
}
