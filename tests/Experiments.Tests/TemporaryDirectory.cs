namespace Experiments.Tests;

/// <summary>A directory that is gone after the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("scp-experiments-").FullName;

    public string File(string name, string text)
    {
        var path = Below(name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public string Below(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
