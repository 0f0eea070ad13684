using ContainerManager.Core.Settings;

namespace ContainerManager.Buckets;

/// <summary>What a bucket's <c>utils/</c> and <c>staging/</c> say, and what is wrong with them.</summary>
/// <param name="Settings">Settings in force; null where <c>function.yaml</c> cannot be followed.</param>
/// <param name="IdleTimeout">How long the container may be idle; where that is predicted, what holds until there is enough history.</param>
/// <param name="Image">The image; null where it is missing or not clear.</param>
/// <param name="Fingerprint">Changes with everything that a running container cannot take over.</param>
/// <param name="Blocks">Why no task can start, shortly; empty where all is there.</param>
/// <param name="Problems">Everything that is wrong, in sentences.</param>
internal sealed record BucketSetup(
    FunctionSettings? Settings,
    TimeSpan IdleTimeout,
    ImageSource? Image,
    string Fingerprint,
    IReadOnlyList<string> Blocks,
    IReadOnlyList<string> Problems)
{
    /// <summary>How blocks by the script begin.</summary>
    public const string ScriptBlock = "process_task.sh";

    /// <summary>Whether everything but the script is there.</summary>
    public bool LacksOnlyScript => Blocks is [var only] && only.StartsWith(ScriptBlock, StringComparison.Ordinal);

    /// <summary>A bucket that is not there.</summary>
    public static BucketSetup Missing(string bucket) =>
        new(null, Core.Settings.IdleTimeout.Default, null, "", ["bucket missing"], [StoreProblem.BucketMissing(bucket)]);
}
