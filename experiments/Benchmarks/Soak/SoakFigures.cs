using System.Text.Json;

namespace Benchmarks.Soak;

/// <summary>What a soak found.</summary>
/// <param name="Minutes">How long tasks were dropped.</param>
/// <param name="Seed">Of everything that is random.</param>
/// <param name="Tasks">Tasks dropped.</param>
/// <param name="TasksPerS">The same in a second.</param>
/// <param name="Kills">SIGKILLs by kind.</param>
/// <param name="AttemptsInterrupted">Attempts that were repeated because their container had died or been stopped.</param>
/// <param name="AttemptsWithoutRunner">Attempts that failed because their runner was killed.</param>
/// <param name="RecoveryMsP50">From a kill of ContainerManager alone to the next start of a script, in milliseconds; null where none was killed alone.</param>
/// <param name="RecoveryMsP95">The same.</param>
/// <param name="Lost">Broken promises by tasks that did not end as they had to.</param>
/// <param name="Doubled">The same by tasks that ended or ran more than once.</param>
/// <param name="Violations">All broken promises.</param>
/// <param name="BilledUs">CPU time that users were billed for, in microseconds.</param>
/// <param name="KernelUs">The same by the kernel's counters.</param>
/// <param name="Services">Memory and file descriptors of each service.</param>
internal sealed record SoakFigures(
    double Minutes,
    int Seed,
    int Tasks,
    double TasksPerS,
    IReadOnlyDictionary<string, int> Kills,
    int AttemptsInterrupted,
    int AttemptsWithoutRunner,
    double? RecoveryMsP50,
    double? RecoveryMsP95,
    int Lost,
    int Doubled,
    int Violations,
    long BilledUs,
    long KernelUs,
    IReadOnlyDictionary<string, ServiceGauge> Services)
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
