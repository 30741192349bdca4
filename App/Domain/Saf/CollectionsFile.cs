using System.Globalization;
using AdminPortal.Domain.Common;

namespace AdminPortal.Domain.Saf;

/// <summary>Reads a <c>collections</c> file: a handle or id a line, the owning collection first.</summary>
public static class CollectionsFile
{
    /// <summary>The collections in order, each once, with everything wrong in the file. Blank lines do not matter.</summary>
    public static (IReadOnlyList<string> Collections, IReadOnlyList<Finding> Findings) Parse(string text, string item)
    {
        var findings = new SafFindings(item, SafNames.Collections, []);
        var collections = new List<string>();
        foreach (var (line, raw) in SafText.Lines(text))
        {
            var collection = raw.Trim();
            if (Guid.TryParseExact(collection, "D", out _) || HandleFile.IsHandle(collection))
            {
                if (!collections.Contains(collection, StringComparer.OrdinalIgnoreCase))
                {
                    collections.Add(collection);
                }
            }
            else
            {
                findings.Error(line, null, $"{findings.Place} has {collection}, which is neither a handle nor an id.",
                    string.Create(CultureInfo.InvariantCulture, $"Write a handle such as 123456789/2, or the collection's id, alone on line {line}."));
            }
        }

        return (collections, findings.All);
    }
}
