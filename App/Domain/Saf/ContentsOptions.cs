using System.Globalization;
using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>The options of one line as they are read; of a repeated one the first counts, as in DSpace.</summary>
internal sealed class ContentsOptions(int line, SafFindings findings)
{
    private readonly HashSet<string> _seen = [];
    private readonly ContentsExtras _extras = new();
    private readonly List<SafPermission> _permissions = [];
    private readonly List<MetadataValue> _metadata = [];
    private string? _bundle, _description;
    private bool _isPrimary;

    public SafFile Apply(SafFile file) => _extras.Apply(file with
    {
        Bundle = _bundle ?? file.Bundle,
        Description = _description,
        IsPrimary = _isPrimary,
        Permissions = _permissions,
        Metadata = _metadata,
    });

    public void Take(string option)
    {
        if (option.Length == 0)
        {
            return;
        }

        var colon = option.IndexOf(':');
        var (key, value) = colon < 0 ? (option, "") : (option[..colon], option[(colon + 1)..].Trim());
        if (colon >= 0 && ContentsExtras.Knows(key))
        {
            TakeExtra(key, value);
        }
        else if (colon < 0 || !ContentsFile.Keys.Contains(key))
        {
            Warn(key, $"has the unknown option {key}, which was left out",
                Nearest.To(key, ContentsFile.Keys) is { } near ? $"Did you mean {near}:?" : $"Known are {string.Join(", ", ContentsFile.Keys)}.");
        }
        else if (value.Length == 0)
        {
            Warn(key, $"has {key} without a value, which was left out", $"Write it after {key}: or remove it.");
        }
        else if (!_seen.Add(key) && key != "permissions")
        {
            Warn(key, $"has {key} twice; the first counts", "Keep one of them.");
        }
        else
        {
            Set(key, value);
        }
    }

    private void TakeExtra(string key, string value)
    {
        if (key == "permissions*")
        {
            SetPermission(SafEscapes.Unescape(value));
        }
        else if (!_extras.Take(key, value))
        {
            Warn(key, $"has {key}:{value}, which cannot be understood and was left out", "Remove it; exports of this portal write it.");
        }
    }

    private void Set(string key, string value)
    {
        switch (key)
        {
            case "bundle":
                _bundle = value;
                break;
            case "description":
                _description = value;
                break;
            case "permissions":
                SetPermission(value);
                break;
            case "primary":
                SetPrimary(value);
                break;
            case "iiif-label" or "iiif-toc":
                AddMetadata("iiif." + key["iiif-".Length..], value);
                break;
            default:
                SetPixels(key, value);
                break;
        }
    }

    private void SetPrimary(string value)
    {
        _isPrimary = value.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (!_isPrimary && !value.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            Warn("primary", $"has primary:{value}, which was left out", "Write primary:true, or nothing.");
        }
    }

    // An unreadable permission is an error: carrying on would open the file to everyone.
    private void SetPermission(string value)
    {
        if (SafPermissions.Parse(value) is { } permission)
        {
            _permissions.Add(permission);
        }
        else
        {
            findings.Error(line, "permissions", $"Line {line} of {findings.Place} has permissions that cannot be understood: {value}",
                "Write -r 'group name' to read or -w 'group name' to write.");
        }
    }

    private void SetPixels(string key, string value)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels > 0)
        {
            AddMetadata("iiif.image." + key["iiif-".Length..], pixels.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            Warn(key, $"has {key}:{value}, which is no whole number and was left out", "Write the number of pixels, e.g. 1200.");
        }
    }

    private void AddMetadata(string field, string value) => _metadata.Add(new MetadataValue { Field = field, Value = value });

    private void Warn(string key, string what, string remedy) => findings.Warning(line, key, $"Line {line} of {findings.Place} {what}.", remedy);
}
