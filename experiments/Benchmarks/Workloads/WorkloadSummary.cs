namespace Benchmarks.Workloads;

/// <summary>One workload in one mode: medians of its tasks, and how much longer they took than others, task by task.</summary>
/// <param name="Workload">The program.</param>
/// <param name="Mode">How it was run.</param>
/// <param name="Tasks">How many.</param>
/// <param name="RunSeconds">Median run time.</param>
/// <param name="UsedVcoreSeconds">Median CPU time.</param>
/// <param name="Utilisation">Median of used ÷ allocated; null where nobody limits.</param>
/// <param name="CostHalfords">Median cost; null where nothing is billed.</param>
/// <param name="OverheadVsFixed">Median of how much longer a task took than the same one under <c>fixed</c>, 0.05 for 5 %.</param>
/// <param name="OverheadVsBare">The same against Apptainer by hand.</param>
/// <param name="PublishedOverhead">Of the published platform, with scaling against without; null where there is none.</param>
internal sealed record WorkloadSummary(
    string Workload,
    string Mode,
    int Tasks,
    double RunSeconds,
    double UsedVcoreSeconds,
    double? Utilisation,
    long? CostHalfords,
    double? OverheadVsFixed,
    double? OverheadVsBare,
    double? PublishedOverhead)
{
    public static IReadOnlyList<WorkloadSummary> Of(IReadOnlyList<TaskFigures> all) =>
    [
        .. from workload in Benchmarks.Workloads.Workload.All
           from mode in WorkloadMode.All
           let tasks = all.Where(t => t.Workload == workload.Name && t.Mode == mode.Name).ToList()
           where tasks.Count > 0
           select new WorkloadSummary(
               workload.Name,
               mode.Name,
               tasks.Count,
               Math.Round(Median(tasks.Select(t => t.RunTime.TotalSeconds)), 2),
               Math.Round(Median(tasks.Select(t => t.UsedMicroseconds / 1e6)), 2),
               tasks.All(t => t.Utilisation is not null) ? Math.Round(Median(tasks.Select(t => t.Utilisation!.Value)), 3) : null,
               tasks.All(t => t.CostHalfords is not null) ? (long)Median(tasks.Select(t => (double)t.CostHalfords!.Value)) : null,
               Overhead(tasks, all, WorkloadMode.Fixed),
               Overhead(tasks, all, WorkloadMode.Bare),
               mode.Name == WorkloadMode.Tracking ? workload.PublishedOverhead : null),
    ];

    private static double? Overhead(List<TaskFigures> tasks, IReadOnlyList<TaskFigures> all, string than)
    {
        var others = all.Where(t => t.Workload == tasks[0].Workload && t.Mode == than).GroupBy(t => t.Number).ToDictionary(g => g.Key, g => Median(g.Select(t => t.RunTime.TotalSeconds)));
        return others.Count == 0 || than == tasks[0].Mode ? null : Math.Round(Median(tasks.Select(t => (t.RunTime.TotalSeconds / others[t.Number]) - 1)), 4);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
