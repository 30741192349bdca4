using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;

namespace AdminPortal.Domain.Saf;

/// <summary>One item while it is read: opens its files, has them parsed and gathers what they say.</summary>
internal sealed class SafReading(SafPackage package, SafDirectory item, MetadataFields fields, SafReadOptions options)
{
    private readonly List<Finding> _findings = [];
    private readonly List<MetadataValue> _metadata = [];
    private readonly SafPlaces _places = new();
    private readonly List<SafRelationship> _relationships = [];
    private IReadOnlyList<SafFile> _files = [];
    private IReadOnlyList<string> _collections = [];
    private SafStanding _standing = SafStanding.Open;
    private string? _handle;
    private bool _isHostile, _isIncomplete;

    public void ReadMetadata()
    {
        if (item.Find(SafNames.DublinCore) is { } dublinCore)
        {
            ReadXml(dublinCore);
        }
        else
        {
            SafChecks.MissingDublinCore(item, In(SafNames.DublinCore));
        }

        foreach (var file in item.Files)
        {
            if (SafNames.IsMetadata(file.Name))
            {
                ReadXml(file);
            }
        }

        if (!_isIncomplete)
        {
            SafChecks.Title(_metadata, item, In(SafNames.DublinCore));
        }
    }

    public void ReadFiles()
    {
        if (item.Find(SafNames.Contents) is null)
        {
            if (!options.ExcludeBitstreams)
            {
                SafChecks.MissingContents(item, In(SafNames.Contents));
            }

            return;
        }

        var (listed, faults) = ContentsFile.Parse(ReadText(SafNames.Contents) ?? "", item.Name);
        _findings.AddRange(faults);
        SafChecks.FieldsOfFiles(listed, fields, In(SafNames.Contents));
        _files = options.ExcludeBitstreams
            ? [.. listed.Select(file => file with { Registered = file.Registered ?? file.RegisteredBefore }).Where(file => file.Registered is not null)]
            : SafListing.Match(listed, item, In(SafNames.Contents), faults);
    }

    public void ReadCollections()
    {
        if (ReadText(SafNames.Collections) is { } text)
        {
            (_collections, var faults) = CollectionsFile.Parse(text, item.Name);
            _findings.AddRange(faults);
        }

        if (options.RequiresCollections && _collections.Count == 0)
        {
            In(SafNames.Collections).Error(null, null, $"{item.Name} does not say which collection it belongs to.",
                "Choose a collection for the import, or write its handle into the item's collections file.");
        }
    }

    public void ReadHandle()
    {
        if (ReadText(SafNames.Handle) is { } text)
        {
            (_handle, var faults) = HandleFile.Parse(text, item.Name);
            _findings.AddRange(faults);
        }
    }

    public void ReadRelationships()
    {
        if (ReadText(SafNames.Relationships) is { } text)
        {
            var (relationships, faults) = RelationshipsFile.Parse(text, item.Name);
            _relationships.AddRange(relationships);
            _findings.AddRange(faults);
        }

        if (_relationships.Count > 0)
        {
            SafChecks.Relationships(_relationships, name => package.Find(name) is not null || options.EarlierItems.Contains(name), In);
        }
    }

    public SafItem ToItem() => new()
    {
        Name = item.Name,
        Metadata = _places.Order(_metadata),
        Standing = _standing,
        Files = _files,
        Collections = _collections,
        Handle = _handle,
        Relationships = _relationships,
        Findings = _findings,
        IsHostile = _isHostile,
    };

    private void ReadXml(SafEntry file)
    {
        try
        {
            using var stream = package.OpenFile(item, file);
            var read = DublinCoreXml.Parse(stream, item.Name, file.Name);
            _isHostile |= read.IsHostile;
            _isIncomplete |= read.Findings.Any(finding => finding.Severity == Severity.Error);
            _findings.AddRange(read.Findings);
            _standing = file.Name == SafNames.DublinCore ? read.Standing : _standing;
            _relationships.AddRange(read.Relationships);
            foreach (var (value, line, place) in read.Values)
            {
                if (fields.Find(value.Field) is { } registered)
                {
                    _places.Add(place);
                    _metadata.Add(ReferenceEquals(registered, value.Field) ? value : value with { Field = registered });
                }
                else
                {
                    SafChecks.UnknownField(value.Field, line, fields, In(file.Name));
                }
            }
        }
        catch (SafRefusedException e)
        {
            _isIncomplete = true;
            AddUnreadable(file.Name, e);
        }
    }

    // The text of one of the item's small files; null when it is not there or cannot be read.
    private string? ReadText(string name)
    {
        if (item.Find(name) is not { } file)
        {
            return null;
        }

        if (file.Length > SafText.MaxLength)
        {
            In(name).Error(null, null, $"{item.Name}/{name} has {file.Length:N0} bytes, which is too much for such a file.", "Check what was packed under this name.");
            return null;
        }

        try
        {
            using var stream = package.OpenFile(item, file);
            var bytes = new byte[file.Length];
            return SafText.Read(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)), In(name));
        }
        catch (SafRefusedException e)
        {
            AddUnreadable(name, e);
            return null;
        }
    }

    private void AddUnreadable(string file, SafRefusedException e) =>
        In(file).Error(null, null, e.Findings[0].Message, e.Findings[0].Remedy ?? "Copy or upload the package again.");

    private SafFindings In(string file) => new(item.Name, file, _findings);
}
