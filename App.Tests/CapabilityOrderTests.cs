using System.Text.RegularExpressions;

namespace AdminPortal.Tests;

/// <summary>Holds the layout of docs/adding-a-capability.md by reading the sources, because the compiler cannot: Domain is one project.</summary>
public sealed partial class CapabilityOrderTests
{
    private const int MostLines = 250;

    // A folder may use those before it and itself; PortalDb, which knows every entity, stands outside.
    private static readonly string[] _order =
        ["Common", "Data", "EPeople", "Mail", "Storage", "Items", "Review", "Formats", "Search", "Processes", "Saf", "Oai", "Exports", "Harvest"];

    // These are the ends of the tree: none uses another.
    private static readonly string[] _ends = ["Saf", "Oai", "Exports", "Harvest"];

    private static readonly string[] _portalDb = ["Data/PortalDb.cs"];

    private static readonly string _root = FindRoot();

    private static string DomainFolder => Path.Combine(_root, "App", "Domain");

    [Fact]
    public void Domain_Folders_AreCapabilitiesWithAPlaceInTheOrder()
    {
        var unknown = Directory.GetDirectories(DomainFolder).Select(folder => Path.GetFileName(folder)).Except(["bin", "obj", .. _order]);

        Assert.Empty(unknown);
    }

    [Fact]
    public void Domain_Usings_NameOnlyFoldersBeforeTheirOwn()
    {
        var wrong = Usings()
            .Where(line => line.Namespace.StartsWith("AdminPortal.Domain.", StringComparison.Ordinal) && !_portalDb.Contains(line.File))
            .Where(line => !MayUse(line.File.Split('/')[0], line.Namespace.Split('.')[2]))
            .Select(line => $"{line.File} uses {line.Namespace}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Domain_Usings_NameNeitherQuartzNorAspNetCoreButForIdentity()
    {
        var wrong = Usings()
            .Where(line => IsOrInside(line.Namespace, "Quartz")
                || (IsOrInside(line.Namespace, "Microsoft.AspNetCore") && !IsOrInside(line.Namespace, "Microsoft.AspNetCore.Identity")))
            .Select(line => $"{line.File} uses {line.Namespace}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Domain_Namespaces_AreThoseOfTheirFolders()
    {
        var wrong = Sources(DomainFolder, "*.cs")
            .Select(file => (File: file, Expected: $"AdminPortal.Domain.{Path.GetDirectoryName(file)!.Replace('/', '.')}"))
            .Where(source => !Namespaces().Matches(File.ReadAllText(Path.Combine(DomainFolder, source.File))).Select(match => match.Groups["name"].Value).SequenceEqual([source.Expected]))
            .Select(source => $"{source.File} is not in {source.Expected}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Sources_OfAllProjects_StayShort()
    {
        var wrong = new[] { "*.cs", "*.razor" }
            .SelectMany(pattern => Sources(_root, pattern))
            .Where(file => !file.StartsWith("App/Domain/Data/Migrations/", StringComparison.Ordinal) && !file.StartsWith("App/Web/Demo/", StringComparison.Ordinal))
            .Where(file => File.ReadLines(Path.Combine(_root, file)).Count() > MostLines);

        Assert.Empty(wrong);
    }

    private static bool MayUse(string folder, string used) =>
        used == folder || (Array.IndexOf(_order, used) is >= 0 and var place && place < Array.IndexOf(_order, folder) && !(_ends.Contains(folder) && _ends.Contains(used)));

    private static bool IsOrInside(string name, string space) => name == space || name.StartsWith(space + ".", StringComparison.Ordinal);

    // using AdminPortal.Domain.Common;   using static AdminPortal.Domain.Items.Names;   using Process = AdminPortal.Domain.Processes.Process;
    private static IEnumerable<(string File, string Namespace)> Usings() =>
        from file in Sources(DomainFolder, "*.cs")
        from match in UsingLines().Matches(File.ReadAllText(Path.Combine(DomainFolder, file)))
        select (file, match.Groups["name"].Value);

    // The paths of the sources below a folder, relative to it, without what a build has made.
    private static IEnumerable<string> Sources(string folder, string pattern) => Directory
        .EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file))
        .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" || part[0] == '.'));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AdminPortal.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AdminPortal.sln.");
    }

    [GeneratedRegex(@"^(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?(global::)?(?<name>[\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex UsingLines();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespaces();
}
