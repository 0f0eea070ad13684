using System.Globalization;
using Traces;

namespace Benchmarks.Workloads;

/// <summary>Files that compress about as well as logs do.</summary>
internal static class Texts
{
    private const int Lines = 50_000;

    private static readonly string[] Words =
        ["started", "stopped", "task", "container", "usage", "limit", "raised", "lowered", "wallet", "charge", "settled", "waiting", "bucket", "node", "answer", "timeout"];

    public static async Task WriteAsync(int number, string path)
    {
        var random = StableRandom.For((ulong)number, "text");
        await using var writer = new StreamWriter(path) { NewLine = "\n" };
        for (var line = 0; line < Lines; line++)
        {
            var words = string.Join(' ', Enumerable.Range(0, 4 + random.Below(8)).Select(_ => Words[random.Below(Words.Length)]));
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000 + (line / 7)}.{random.Below(1000):D3} {words} id={random.Next():x16} n={random.Below(100_000)}"));
        }
    }
}
