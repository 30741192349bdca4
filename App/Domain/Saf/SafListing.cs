using System.Text;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Brings together the files that <c>contents</c> lists and those that the package holds.</summary>
internal sealed class SafListing
{
    private const int MostCompared = 500;
    private readonly SafDirectory _item;
    private readonly SafFindings _findings;
    private readonly bool[] _isListed;

    private SafListing(SafDirectory item, SafFindings findings) =>
        (_item, _findings, _isListed) = (item, findings, new bool[item.Files.Count]);

    /// <summary>The listed files that can be opened, with a finding for each that cannot and for each file that is not listed.</summary>
    public static IReadOnlyList<SafFile> Match(IReadOnlyList<SafFile> listed, SafDirectory item, SafFindings findings, IReadOnlyList<Finding> faults)
    {
        var listing = new SafListing(item, findings);
        var files = new List<SafFile>(listed.Count);
        foreach (var file in listed)
        {
            if (file.Registered is not null)
            {
                files.Add(file);
            }
            else if (listing.Locate(file) is { } found)
            {
                files.Add(found);
            }
        }

        // Once a line could not be understood, nobody knows which files it meant.
        if (!faults.Any(fault => fault.Severity == Severity.Error))
        {
            listing.RemarkOnUnlisted();
        }

        return files;
    }

    private SafFile? Locate(SafFile file)
    {
        var at = _item.IndexOf(file.Path);
        if (at < 0)
        {
            if (Inside(file.Path) is not { } path)
            {
                _findings.Error(file.Line, null, $"{_findings.Place} lists {file.Path}, which lies outside of {_item.Name}.",
                    "Put the file into the item's directory and list it by its name there.");
                return null;
            }

            at = _item.IndexOf(path);
            file = at < 0 ? file : file.At(path);
        }

        if (at < 0)
        {
            at = FindOtherwise(ref file);
        }

        if (at < 0)
        {
            RemarkOnMissing(file);
            return null;
        }

        _isListed[at] = true;
        return file with { Entry = _item.Files[at] };
    }

    // The same name written another way: in a code page that the ZIP does not name, with accents taken apart, or with a space too many.
    private int FindOtherwise(ref SafFile file)
    {
        var composed = Ascii.IsValid(file.Path) ? null : file.Path.Normalize(NormalizationForm.FormC);
        for (var i = 0; composed is not null && i < _item.Files.Count; i++)
        {
            var entry = _item.Files[i];
            if (entry.NameIsGuessed ? ZipNames.Alternatives(entry.Name).Contains(file.Path) : IsSame(entry.Name, composed))
            {
                return i;
            }
        }

        var trimmed = file.Path.Trim();
        var at = trimmed.Length < file.Path.Length ? _item.IndexOf(trimmed) : -1;
        if (at >= 0)
        {
            _findings.Warning(file.Line, null, $"{_findings.Place} has a space before or after {trimmed}, which was left out.", "Remove the space.");
            file = file.At(trimmed);
        }

        return at;
    }

    private void RemarkOnMissing(SafFile file)
    {
        if (ContentsFile.BeforeSpacedKey(file.Path) is { } name && _item.IndexOf(name) is var at and >= 0)
        {
            _isListed[at] = true;
            _findings.Error(file.Line, null, $"Line {file.Line} of {_findings.Place} has a space after {name} where a TAB belongs.", "Put a TAB before each option.");
        }
        else if (file.Path.TrimEnd('/') is var directory && _item.HasSubdirectory(directory))
        {
            _findings.Error(file.Line, null, $"{_findings.Place} lists {file.Path}, which is a directory.",
                "List each file in it, e.g. " + _item.Files.First(entry => entry.Name.StartsWith(directory + "/", StringComparison.Ordinal)).Name + ".");
        }
        else
        {
            var names = _item.Files.Select(entry => entry.Name).Where(name => !SafNames.IsDescription(name));
            var near = Nearest.To(file.Path, names.Take(MostCompared));
            _findings.Error(file.Line, null, $"{_findings.Place} lists {file.Path}, which is not in the package.",
                near is null ? "Add the file, or remove the line." : $"Did you mean {near}? Otherwise add the file, or remove the line.");
        }
    }

    private void RemarkOnUnlisted()
    {
        var unlisted = new List<string>();
        for (var i = 0; i < _isListed.Length; i++)
        {
            if (!_isListed[i] && !SafNames.IsDescription(_item.Files[i].Name))
            {
                unlisted.Add(_item.Files[i].Name);
            }
        }

        if (unlisted.Count > 0)
        {
            _findings.Add(Severity.Warning, $"{_item.Name} has files that contents does not list: {SafChecks.Some(unlisted)}.", "Add them to contents, or remove them.");
        }
    }

    // The path with its steps taken: sub\a.pdf, ./a.pdf and x/../a.pdf; null when it is absolute or leads out of the item.
    private static string? Inside(string name)
    {
        var steps = new List<string>();
        if (name[0] is '/' or '\\' || name.Length > 1 && name[1] == ':')
        {
            return null;
        }

        foreach (var step in name.Split('/', '\\'))
        {
            if (step == ".." && steps.Count == 0)
            {
                return null;
            }

            if (step == "..")
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("" or "."))
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }

    private static bool IsSame(string name, string composed) =>
        name.Normalize(NormalizationForm.FormC) == composed;
}
