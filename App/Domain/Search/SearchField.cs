namespace AdminPortal.Domain.Search;

/// <summary>A name that queries can use for a field.</summary>
/// <param name="Name">The name, e.g. <c>author</c> or <c>dc.contributor.author</c>.</param>
/// <param name="Type">How values are compared.</param>
/// <param name="Sources">The fields of the index that hold the values, in small letters; none when this repository has no such field.</param>
/// <param name="About">What it holds, in a few words.</param>
public sealed record SearchField(string Name, SearchType Type, IReadOnlyList<string> Sources, string About);

/// <summary>The fields of the index that are no metadata fields.</summary>
public static class IndexFields
{
    /// <summary>The handle, as <c>hdl:123456789/42</c>.</summary>
    public const string Handle = "portal.handle";

    /// <summary>The year of publication: that of <c>dc.date.issued</c>, else of <c>dc.date.available</c>.</summary>
    public const string Published = "portal.published";

    /// <summary>When it was created, for those that do not say when they became available.</summary>
    public const string Created = "portal.created";

    /// <summary>The id of the collection that owns it.</summary>
    public const string Owner = "portal.owner";

    /// <summary>The ids of the collections that it is in.</summary>
    public const string Collections = "portal.collection";

    /// <summary>Where it stands: <c>Published</c>, <c>Unpublished</c>, <c>In Review</c>, <c>Draft</c> or <c>Deaccessioned</c>.</summary>
    public const string Status = "portal.status";

    /// <summary>How many files it has for readers.</summary>
    public const string FileCount = "portal.files";

    /// <summary>The bytes of these files.</summary>
    public const string FileBytes = "portal.bytes";

    /// <summary>The names of these files.</summary>
    public const string FileName = "portal.filename";

    /// <summary>The media types of these files.</summary>
    public const string FileType = "portal.filetype";

    /// <summary>Who may find it: <c>public</c> when it is published and not private.</summary>
    public const string Scope = "portal.scope";

    /// <summary>The names of the fields that it has values in.</summary>
    public const string Has = "portal.has";

    /// <summary>What begins the names of the fields that hold values as a whole, e.g. <c>whole.author</c>.</summary>
    public const string Whole = "whole.";

    /// <summary>Its own name, in every item.</summary>
    public const string All = "portal.all";

    /// <summary>Whether it matters where in a value of a field a word stands.</summary>
    public static bool HasPlaces(string field) =>
        !field.Contains('@') && !field.StartsWith(Whole, StringComparison.Ordinal) && (!field.StartsWith("portal.", StringComparison.Ordinal) || field is Handle or FileName or FileType);
}
