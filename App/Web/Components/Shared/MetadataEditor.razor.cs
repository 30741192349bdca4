using AdminPortal.Domain.Common;
using AdminPortal.Domain.Items;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Components.Shared;

/// <summary>
/// Edits a list of metadata values: fields are completed from the registry, what is wrong is said at its row, and the keyboard suffices.
/// Nothing is kept until it is saved; a new list asks for a new editor.
/// </summary>
public sealed partial class MetadataEditor(MetadataRegistry registry)
{
    private const int CharactersInLine = 70;
    private const int MostLines = 12;

    private readonly string _list = $"fields-{Guid.NewGuid():N}";
    private readonly List<Row> _rows = [];
    private IReadOnlyList<MetadataFault> _faults = [];
    private MetadataFields? _fields;   // null while loading
    private Func<ElementReference>? _focus;
    private string? _refusal;
    private bool _dirty;
    private bool _busy;

    /// <summary>The values to begin with.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<MetadataValue> Values { get; set; } = [];

    /// <summary>Saves the values; what it refuses is shown, and the editor stays as it is.</summary>
    [Parameter, EditorRequired]
    public Func<IReadOnlyList<MetadataValue>, Task> Save { get; set; } = null!;

    /// <summary>What the list is, for those who hear the page.</summary>
    [Parameter]
    public string Label { get; set; } = "Metadata";

    /// <summary>What saving is called.</summary>
    [Parameter]
    public string SaveText { get; set; } = "Save metadata";

    /// <summary>Hears that nothing is to be saved; without it there is no way to cancel.</summary>
    [Parameter]
    public EventCallback Cancelled { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _rows.AddRange(Values.Select(value => new Row { Original = value, Field = value.Field, Value = value.Value, Language = value.Language }));
        _fields = await registry.GetFieldsAsync(PageLifetime);
        Check();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } target)
        {
            _focus = null;
            await target().FocusAsync();
        }
    }

    private static int Lines(string? text) => Math.Clamp((text ?? "").Split('\n').Sum(line => 1 + (line.Length / CharactersInLine)), 1, MostLines);

    private string? FaultOf(Row row, int place) => row.Touched ? _faults.FirstOrDefault(fault => fault.Row == place)?.Message : null;

    private void Check() => _faults = MetadataRules.Check(Read(), _fields!);

    private void Touch(Row row)
    {
        (row.Touched, _dirty) = (true, true);
        Check();
    }

    private void Add(int place, string field)
    {
        var row = new Row { Field = field };
        _rows.Insert(place, row);
        (_dirty, _focus) = (true, () => row.FieldInput);
        Check();
    }

    private void Remove(Row row)
    {
        var place = _rows.IndexOf(row);
        _rows.RemoveAt(place);
        _dirty = true;
        if (_rows.Count > 0)
        {
            var next = _rows[Math.Min(place, _rows.Count - 1)];
            _focus = () => next.FieldInput;
        }

        Check();
    }

    // The button that was pressed keeps the focus, so that pressing it again moves the row on; at an end the other one has it.
    private void Move(Row row, int by)
    {
        var place = _rows.IndexOf(row);
        var target = Math.Clamp(place + by, 0, _rows.Count - 1);
        _rows.RemoveAt(place);
        _rows.Insert(target, row);
        _dirty = true;
        _focus = () => target == 0 || (by > 0 && target < _rows.Count - 1) ? row.Down : row.Up;
        Check();
    }

    private async Task SaveAsync()
    {
        _rows.ForEach(row => row.Touched = true);
        Check();
        if (_faults is [var first, ..])
        {
            _focus = () => _rows[first.Row].FieldInput;
            return;
        }

        (_busy, _refusal) = (true, null);
        try
        {
            await Save(Read());
            _dirty = false;
        }
        catch (PortalException refusal)
        {
            // It stays beside what was written, which may have to be copied.
            _refusal = refusal.Message;
        }
        catch (OperationCanceledException) when (PageLifetime.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _busy = false;
        }
    }

    // An authority stands for the text that it was given for, not for another one.
    private List<MetadataValue> Read() => [.. _rows.Select(row =>
        (row.Original is { } before && before.Field == row.Field && before.Value == row.Value ? before : new MetadataValue { Field = row.Field ?? "", Value = row.Value ?? "" })
        with { Language = string.IsNullOrWhiteSpace(row.Language) ? null : row.Language })];

    private sealed class Row
    {
        public string Id { get; } = $"fault-{Guid.NewGuid():N}";

        public MetadataValue? Original { get; init; }

        public string? Field { get; set; }

        public string? Value { get; set; }

        public string? Language { get; set; }

        public bool Touched { get; set; }

        public ElementReference FieldInput { get; set; }

        public ElementReference Up { get; set; }

        public ElementReference Down { get; set; }
    }
}
