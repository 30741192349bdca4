namespace AdminPortal.Bench;

/// <summary>A folder that goes with what is measured.</summary>
internal sealed class WorkFolder(string parent) : IDisposable
{
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"portal-bench-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
