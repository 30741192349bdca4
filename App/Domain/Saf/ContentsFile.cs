using System.Globalization;
using System.Text.RegularExpressions;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Reads a <c>contents</c> file: a file of the item on each line, with options.</summary>
public static partial class ContentsFile
{
    /// <summary>The options that a line may have.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["bundle", "permissions", "description", "primary", "iiif-label", "iiif-toc", "iiif-width", "iiif-height"];

    /// <summary>The files in order, not yet looked for in the package, with everything wrong in the lines.</summary>
    public static (IReadOnlyList<SafFile> Files, IReadOnlyList<Finding> Findings) Parse(string text, string item)
    {
        var findings = new SafFindings(item, SafNames.Contents, []);
        var files = new List<SafFile>();
        foreach (var (line, raw) in SafText.Lines(text))
        {
            if (raw.Contains(@"\t", StringComparison.Ordinal) && LiteralTab().IsMatch(raw))
            {
                findings.Error(line, null, $@"Line {line} of {findings.Place} has \t written out.", @"Put a TAB character in place of \t.");
            }
            else if (ParseLine(raw, line, findings) is { } file)
            {
                files.Add(file);
            }
        }

        LeaveOutRepeated(files, findings);
        KeepLastPrimary(files, findings);
        LeaveOutRepeatedSequences(files, findings);
        return (files, findings.All);
    }

    /// <summary>What a name was meant to be that has options after a space instead of a TAB; null when it looks like a name.</summary>
    internal static string? BeforeSpacedKey(string name) => SpacedKey().Match(name) is { Success: true, Index: > 0 } match ? name[..match.Index] : null;

    // A contents line: the file name, then tab-separated options in any order.
    //   Full text.pdf\tbundle:ORIGINAL\tprimary:true
    // File names may hold spaces, so the tab is the only separator.
    private static SafFile? ParseLine(string raw, int line, SafFindings findings)
    {
        var parts = raw.Split('\t');
        if (parts[0].Length == 0)
        {
            findings.Error(line, null, $"Line {line} of {findings.Place} begins with a TAB, so it names no file.", "Begin the line with the file's name.");
            return null;
        }

        var name = parts[0];
        SafRegistered? registered = null;
        if (RegisteredLine().IsMatch(name))
        {
            registered = ParseRegistered(name, line, findings);
            if (registered is null)
            {
                return null;
            }

            name = registered.Path[(registered.Path.LastIndexOf('/') + 1)..];
        }

        var options = new ContentsOptions(line, findings);
        foreach (var part in parts.AsSpan(1))
        {
            options.Take(part.Trim());
        }

        return options.Apply(new SafFile { Name = name, Bundle = name == "license.txt" ? "LICENSE" : "ORIGINAL", Registered = registered, Line = line });
    }

    // A file that is already in a store: -r -s 1 -f path/in/store.pdf
    private static SafRegistered? ParseRegistered(string text, int line, SafFindings findings)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var (store, path) = (default(int?), default(string));
        for (var i = 1; i + 1 < words.Length; i++)
        {
            if (words[i] == "-s" && int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                store = number;
            }
            else if (words[i] == "-f")
            {
                path = words[i + 1];
            }
        }

        if (store is null || path is null)
        {
            findings.Error(line, null, $"Line {line} of {findings.Place} registers a file without {(store is null ? "-s and a number" : "-f and a path")}.",
                "Write -r -s 1 -f path, with the store's number and the path in it.");
            return null;
        }

        if (SafNames.Normalise(path, out _) is not { Length: > 0 } clean || path.EndsWith('/'))
        {
            findings.Error(line, null, $"Line {line} of {findings.Place} registers {path}, which is no path inside of the store.",
                "Write a relative path without .. in it.");
            return null;
        }

        return new SafRegistered(store.Value, clean);
    }

    private static void LeaveOutRepeated(List<SafFile> files, SafFindings findings)
    {
        var seen = new HashSet<(string, string)>();
        files.RemoveAll(file =>
        {
            var isRepeated = !seen.Add((file.Path, file.Bundle));
            if (isRepeated)
            {
                findings.Warning(file.Line, null, $"{findings.Place} lists {file.Path} in {file.Bundle} again; line {file.Line} was left out.", "Keep one of the lines.");
            }

            return isRepeated;
        });
    }

    private static void KeepLastPrimary(List<SafFile> files, SafFindings findings)
    {
        Dictionary<string, int>? primaries = null;
        for (var i = 0; i < files.Count; i++)
        {
            if (!files[i].IsPrimary)
            {
                continue;
            }

            primaries ??= new(StringComparer.Ordinal);
            if (primaries.TryGetValue(files[i].Bundle, out var earlier))
            {
                files[earlier] = files[earlier] with { IsPrimary = false };
                findings.Warning(files[i].Line, "primary",
                    $"{findings.Place} makes both {files[earlier].Name} and {files[i].Name} primary in {files[i].Bundle}; the last one stays.",
                    "Keep primary:true on one line of each bundle.");
            }

            primaries[files[i].Bundle] = i;
        }
    }

    // Numbers that somebody has copied with a line say nothing; then the order of the lines counts, as without numbers.
    private static void LeaveOutRepeatedSequences(List<SafFile> files, SafFindings findings)
    {
        var seen = new HashSet<int>();
        if (files.Find(file => file.Sequence is { } number && !seen.Add(number)) is { } repeated)
        {
            findings.Warning(repeated.Line, "sequence", $"{findings.Place} gives two files the sequence {repeated.Sequence}; all sequences were left out.", "Remove the key sequence from the lines.");
            for (var i = 0; i < files.Count; i++)
            {
                files[i] = files[i] with { Sequence = null };
            }
        }
    }

    [GeneratedRegex(@"\\t\s*(bundle|permissions|description|primary|iiif-[a-z]+):")]
    private static partial Regex LiteralTab();

    [GeneratedRegex(@"\s+(bundle|permissions|description|primary|iiif-[a-z]+):")]
    private static partial Regex SpacedKey();

    [GeneratedRegex(@"^-r\s+-[sf]\b")]
    private static partial Regex RegisteredLine();
}
