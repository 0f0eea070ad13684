namespace Benchmarks.Workloads;

/// <summary>One task that was run.</summary>
/// <param name="Workload">Its program.</param>
/// <param name="Mode">How it was run.</param>
/// <param name="Number">Which input.</param>
/// <param name="RunTime">Of its script.</param>
/// <param name="UsedMicroseconds">CPU time.</param>
/// <param name="AllocatedMicroseconds">The CPU limit over the run time; null where nobody limits.</param>
/// <param name="CostHalfords">What it cost; null where nothing is billed.</param>
internal sealed record TaskFigures(
    string Workload, string Mode, int Number, TimeSpan RunTime, long UsedMicroseconds, double? AllocatedMicroseconds, long? CostHalfords)
{
    /// <summary>Used ÷ allocated.</summary>
    public double? Utilisation => UsedMicroseconds / AllocatedMicroseconds;
}
