using Testing;
using Traces.Layout;

namespace Traces.Tests;

/// <summary>A small trace on disk whose files a test may spoil.</summary>
internal sealed class TraceFolder : IDisposable
{
    private readonly TempDirectory _directory = new();

    public TraceFolder()
    {
        Files = TraceFiles.Of(_directory.Path, 1);
        TraceWriter.Write(Files, [Functions.Of("f", 5_000, (0, 1)), Functions.Of("g", 7_500, (3, 2))]);
    }

    public TraceFiles Files { get; }

    public string Path => _directory.Path;

    /// <summary>Replaces a text in one of the files, which must be there.</summary>
    public static void Replace(string file, string text, string by)
    {
        var content = File.ReadAllText(file);
        Assert.Contains(text, content, StringComparison.Ordinal);
        File.WriteAllText(file, content.Replace(text, by, StringComparison.Ordinal));
    }

    public IReadOnlyList<TraceFunction> Read(IncompleteFunctions incomplete = IncompleteFunctions.Refuse) => [.. new TraceReader(Files, incomplete).Read()];

    /// <summary>What reading it is refused with.</summary>
    public string Fault() => Assert.Throws<TraceFormatException>(() => Read()).Message;

    public void Dispose() => _directory.Dispose();
}
