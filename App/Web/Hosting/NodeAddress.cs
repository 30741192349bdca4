namespace AdminPortal.Web.Hosting;

/// <summary>The file in the data directory that says, while a node runs, where it listens; commands read it.</summary>
internal static class NodeAddress
{
    private const string FileName = "portal.address";

    /// <summary>The address of a node on a port.</summary>
    public static string Of(int port) => $"http://127.0.0.1:{port}";

    /// <summary>The address of the node that runs on a data directory; null when none does.</summary>
    public static string? Find(string data) => File.Exists(PathIn(data)) ? File.ReadAllText(PathIn(data)).Trim() : null;

    /// <summary>Writes it down. A node that was killed leaves it behind; the next one writes its own.</summary>
    public static void Write(string data, int port) => File.WriteAllText(PathIn(data), $"{Of(port)}\n");

    /// <summary>Takes it away.</summary>
    public static void Delete(string data) => File.Delete(PathIn(data));

    private static string PathIn(string data) => Path.Combine(data, FileName);
}
