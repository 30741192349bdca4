namespace AdminPortal.Domain.Items;

/// <summary>The tables a new repository starts with, kept as text beside the code and embedded in the assembly.</summary>
internal static class SeedFile
{
    /// <summary>The rows of an embedded table, split at tabs; empty lines and lines that start with <c>#</c> are left out.</summary>
    /// <param name="name">File name, e.g. <c>metadata-fields.txt</c>.</param>
    public static IEnumerable<string[]> Rows(string name)
    {
        using var stream = typeof(SeedFile).Assembly.GetManifestResourceStream(typeof(SeedFile), name)
            ?? throw new InvalidOperationException($"{name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line.Split('\t');
            }
        }
    }
}
