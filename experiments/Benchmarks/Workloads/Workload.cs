namespace Benchmarks.Workloads;

/// <summary>A real program with its image and script, and inputs that the experiment makes itself.</summary>
/// <param name="Name">Of the image and its script, too.</param>
/// <param name="Extension">Of its task files.</param>
/// <param name="BoundaryShares">Boundary of the scaling rules; the published one, where there is.</param>
/// <param name="StepShares">Step of the scaling rules; the same.</param>
/// <param name="PublishedOverhead">How much longer the published platform took with scaling than without, 0.047 for 4.7 %; null where it did not run it.</param>
/// <param name="MakeTask">Makes the task file of a number at a path.</param>
/// <param name="MakeStaging">Makes what every task reads, by its name below <c>staging/</c>; null for nothing.</param>
internal sealed record Workload(
    string Name,
    string Extension,
    int BoundaryShares,
    int StepShares,
    double? PublishedOverhead,
    Func<WorkloadFiles, int, string, Task> MakeTask,
    (string Key, Func<WorkloadFiles, string, Task> Make)? MakeStaging = null)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("transcode", ".mkv", 50, 75, 0.047, (files, number, path) => files.ClipAsync(number, path)),
        new("compress", ".log", 50, 75, null, (_, number, path) => Texts.WriteAsync(number, path)),
        new("align", ".fastq", 75, 250, 0.099, (_, number, path) => Genome.WriteReadsAsync(number, path), ("genome.fa", (_, path) => Genome.WriteAsync(path))),
    ];

    public string FunctionSettings(string policy) =>
        $"policy: {policy}\nboundary_shares: {BoundaryShares}\nstep_shares: {StepShares}\nmemory: 1GiB\nidle_timeout: 1h\n";
}
