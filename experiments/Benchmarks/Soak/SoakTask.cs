using System.Globalization;
using PlatformHarness;

namespace Benchmarks.Soak;

/// <summary>A dropped task.</summary>
/// <param name="Number">Its own number, in the task file and in every result.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Amount">Of that: ticks of 10 ms of CPU, or files.</param>
/// <param name="Bucket">Where it was dropped.</param>
internal sealed record SoakTask(int Number, SoakKind Kind, int Amount, FunctionBucket Bucket)
{
    // With what the platform adds to a name the whole stays below the 255 bytes that file systems allow.
    private static readonly string LongTail = new('n', 200);

    private static readonly string[] HostileNames =
    [
        "with space {0}", "quote'\"`$(touch x){0}", "line\nbreak {0}", "-rf {0}", "..hidden {0}", "unicode-é-漢字-🚀 {0}", "a;b|c&d {0}", "*?[x] {0}",
        "back\\slash {0}", "deep/er/{0}/task.txt", "ends with dot {0}.", "%s%n {0}", "~ {0}", "#{0}", "long {0} " + LongTail,
    ];

    /// <summary>Its name: the key below <c>input/</c>.</summary>
    public string Name => string.Format(
        CultureInfo.InvariantCulture, Kind == SoakKind.Name ? HostileNames[Number % HostileNames.Length] : Kind.ToString().ToLowerInvariant() + "-{0}", Number);

    public string Content => string.Create(CultureInfo.InvariantCulture, $"{Number} {Kind.ToString().ToLowerInvariant()} {Amount}\n");

    public bool MustFail => Kind == SoakKind.Fail;

    public bool HasEnded => Bucket.Has("output/" + Name) || Bucket.Has("failed/" + Name);

    /// <summary>A task of any kind.</summary>
    public static SoakTask Any(int number, FunctionBucket bucket, Random random)
    {
        var kind = random.Next(100) switch
        {
            < 30 => SoakKind.True,
            < 55 => SoakKind.Burn,
            < 65 => SoakKind.Tree,
            < 72 => SoakKind.Retry,
            < 75 => SoakKind.Fail,
            < 83 => SoakKind.Bytes,
            < 90 => SoakKind.Daemon,
            _ => SoakKind.Name,
        };
        return new SoakTask(number, kind, random.Next(10, 41), bucket);
    }
}
