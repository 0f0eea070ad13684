namespace Testing;

/// <summary>A directory of a test's own, removed with all it holds.</summary>
public sealed class TempDirectory : IDisposable
{
    /// <summary>Absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("scp-test-").FullName;

    /// <summary>A path below the directory.</summary>
    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
