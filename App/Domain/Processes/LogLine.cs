using AdminPortal.Domain.Common;
using AdminPortal.Domain.Storage;

namespace AdminPortal.Domain.Processes;

/// <summary>One line of a process's log: a sentence for curators.</summary>
public sealed class LogLine
{
    /// <summary>The process.</summary>
    public long ProcessId { get; init; }

    /// <summary>The line's number within the process, from 1 without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How much it weighs.</summary>
    public required Severity Level { get; init; }

    /// <summary>The sentence.</summary>
    public required string Text { get; init; }
}

/// <summary>A <see cref="Finding"/> as a process keeps it.</summary>
public sealed class ProcessFinding
{
    /// <summary>The row's number.</summary>
    public long Id { get; init; }

    /// <summary>The process that found it.</summary>
    public required long ProcessId { get; init; }

    /// <summary>How much it weighs.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The item's directory.</summary>
    public string? Item { get; init; }

    /// <summary>The file inside it.</summary>
    public string? File { get; init; }

    /// <summary>The line in the file, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>The metadata field or key.</summary>
    public string? Field { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Remedy { get; init; }

    /// <summary>What was found, as it was reported.</summary>
    public Finding ToFinding() => new() { Severity = Severity, Item = Item, File = File, Line = Line, Field = Field, Message = Message, Remedy = Remedy };
}

/// <summary>A stored file that belongs to a process and goes with it.</summary>
public sealed class ProcessFile
{
    /// <summary>The process.</summary>
    public required long ProcessId { get; init; }

    /// <summary>The file's name, once per process.</summary>
    public required string Name { get; init; }

    /// <summary>What it is to the process, e.g. <c>inputfile</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The content's address in the bitstream store.</summary>
    public required string Sha256 { get; init; }

    /// <summary>A file that was uploaded, as the input of a process.</summary>
    public static ProcessFile From(Upload upload) => new() { ProcessId = 0, Name = upload.Name, Type = ProcessFileTypes.Input, Size = upload.Size, Sha256 = upload.Sha256 };
}

/// <summary>What a file is to its process, by the names that DSpace gave them.</summary>
public static class ProcessFileTypes
{
    /// <summary>What was uploaded for it.</summary>
    public const string Input = "inputfile";

    /// <summary>Its log.</summary>
    public const string Log = "script_output";

    /// <summary>The mapfile of an import.</summary>
    public const string Mapfile = "importSAFMapfile";

    /// <summary>The ZIP, or one of the ZIPs, of an export.</summary>
    public const string Export = "exportSAFZip";

    /// <summary>The report of an import, as JSON.</summary>
    public const string Report = "report";

    /// <summary>The findings of an import, as a spreadsheet.</summary>
    public const string Findings = "findings";
}
