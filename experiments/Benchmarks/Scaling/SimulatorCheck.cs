using System.Globalization;
using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.Core.Simulation;

namespace Benchmarks.Scaling;

/// <summary>Holds the simulated kernel against the real one, on what was just run there.</summary>
internal static class SimulatorCheck
{
    /// <summary>A short load that is held back in every period, at a limit that does not move.</summary>
    public static readonly Load Short = new("short", [[
        LoadPhase.Busy(1, TimeSpan.FromSeconds(2)),
        LoadPhase.Pulses(2, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(50), 20),
        LoadPhase.Busy(2, TimeSpan.FromSeconds(1))]]);

    private const int ShortShares = 60;

    /// <summary>Runs the short load on both; prints and returns how far the simulated run time is off, 0.01 for 1 %.</summary>
    public static async Task<double> RunAsync(Arena arena, CancellationToken cancellationToken)
    {
        var real = await LoadRun.MeasureAsync(arena, Short, Policies.Fixed, cancellationToken, ShortShares);
        return Compare(real, ShortShares);
    }

    /// <summary>Simulates a load that was run; prints and returns how far the simulated run time is off.</summary>
    public static double Compare(LoadRun real, int startShares)
    {
        var load = real.Load == Short.Name ? Short : Load.All.Single(l => l.Name == real.Load);
        var node = new NodeSimulation(LoadRun.NodeShares / 100);
        var rest = LoadPhase.Idle(TimeSpan.FromMilliseconds(1250));
        var containers = load.Containers.Select((phases, i) => node.Add(
            $"c{i}",
            new ContainerSpec($"user{i}", "bench", 1, new ScalingBounds(0, LoadRun.NodeShares, 25, 100), startShares, 256L << 20, 64, real.Policy),
            [rest, .. phases])).ToList();
        node.RunToEnd(TimeSpan.FromMinutes(10));
        var time = TimeSpan.FromTicks(containers.Sum(c => (c.EndedAt!.Value - rest.Threads[0].Pause).Ticks));
        var held = containers.Sum(c => c.ThrottledMicroseconds) / 1e6;
        var off = (time / real.RunTime) - 1;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{real.Load,-10} {real.Policy,-10} real {real.RunTime.TotalSeconds,7:F2} s, held back {real.Throttled.TotalSeconds,6:F2} s; simulated {time.TotalSeconds,7:F2} s, {held,6:F2} s; run time off by {off * 100,5:F1} %"));
        return off;
    }
}
