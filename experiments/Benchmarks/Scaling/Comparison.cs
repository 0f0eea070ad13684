using System.Globalization;

namespace Benchmarks.Scaling;

/// <summary>All runs of all loads, and what they say of each policy.</summary>
internal sealed class Comparison(IReadOnlyList<LoadRun> runs)
{
    /// <summary>A limit that has come to rest after the start of the constant load.</summary>
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(6);

    /// <summary>How much longer a load took than without limit, 0.02 for 2 %; null where one of them was not run.</summary>
    public double? Overhead(string policy, string load) =>
        Find(policy, load) is { } run && Find(Policies.Unlimited, load) is { } free ? (run.RunTime / free.RunTime) - 1 : null;

    /// <summary>The worst of all loads but the bursts, which have a bound of their own.</summary>
    public double? WorstOverhead(string policy) => runs.Select(r => r.Load).Distinct().Where(l => l != Load.Bursts).Max(l => Overhead(policy, l));

    public double? Utilisation(string policy, string load) => Find(policy, load)?.Utilisation;

    /// <summary>Changes of limit in a minute of the constant load, once it rests.</summary>
    public double? ConstantChanges(string policy) => Find(policy, Load.Constant)?.ChangesPerMinute(AtRest);

    /// <summary>Reaction time by nearest rank, in milliseconds, over all loads; null where demand never rose above the limit.</summary>
    public double? ReactionMilliseconds(string policy, int percent) =>
        Percentile([.. runs.Where(r => r.Policy == policy).SelectMany(r => r.Reactions).Order()], percent);

    /// <summary>A table for people.</summary>
    public void Print()
    {
        Console.WriteLine($"{"load",-10} {"policy",-10} {"run time",9} {"against",9} {"used of",8} {"reaction, ms",14} {"held",8} {"changes",8}");
        Console.WriteLine($"{"",-10} {"",-10} {"s",9} {"unlimited",9} {"limit",8} {"p50",7} {"p95",6} {"back, s",8} {"a minute",8}");
        foreach (var run in runs.OrderBy(r => r.Load, StringComparer.Ordinal).ThenBy(r => Policies.All.ToList().IndexOf(r.Policy)))
        {
            var reactions = run.Reactions.Order().ToList();
            var limited = run.Policy != Policies.Unlimited;
            Console.WriteLine(string.Join(' ',
                $"{run.Load,-10} {run.Policy,-10} {Text(run.RunTime.TotalSeconds, "F2"),9} {Percent(Overhead(run.Policy, run.Load)),9}",
                $"{(limited ? Text(run.Utilisation, "F3") : "-"),8} {Text(limited ? Percentile(reactions, 50) : null, "F0"),7} {Text(limited ? Percentile(reactions, 95) : null, "F0"),6}",
                $"{Text(run.Throttled.TotalSeconds, "F2"),8} {Text(run.ChangesPerMinute(run.Load == Load.Constant ? AtRest : TimeSpan.Zero), "F1"),8}"));
        }
    }

    private LoadRun? Find(string policy, string load) => runs.FirstOrDefault(r => r.Policy == policy && r.Load == load);

    private static double? Percentile(List<TimeSpan> sorted, int percent) =>
        sorted.Count == 0 ? null : sorted[((sorted.Count * percent) + 99) / 100 - 1].TotalMilliseconds;

    private static string Percent(double? part) => part is { } p ? (p * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " %" : "-";

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
