using System.Globalization;
using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.State;

namespace Benchmarks.Scaling;

/// <summary>What a Scaler with many containers uses for itself.</summary>
/// <param name="Containers">How many, a few of them lightly loaded, the others idle.</param>
/// <param name="Cores">CPU that the Scaler used, 0.03 for 3 % of a core.</param>
/// <param name="MemoryMib">Most memory that it had in use.</param>
internal sealed record OwnCost(int Containers, double Cores, double MemoryMib)
{
    private const int Loaded = 5;
    private const double TicksPerSecond = 100;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    /// <summary>Measures it; the containers are found by the Scaler at its start, as after a crash.</summary>
    public static async Task<OwnCost> MeasureAsync(int count, CancellationToken cancellationToken)
    {
        await using var arena = Arena.Prepare(cores: Math.Max(2, count / 50));
        using (var files = StateFiles.Open(arena.StateDirectory))
        {
            for (var i = 0; i < count; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"c{i:D5}");
                arena.Driver.Create($"{arena.NodeParent}/{id}", ["instance", "slot0"]);
                var spec = new ContainerSpec($"user{i % 100}", "bench", 1, new ScalingBounds(0, 200, 25), 25, 64L << 20, 64, Policies.Tracking);
                var record = ContainerRecord.Register(id, spec, TimeSpan.Zero, TimeProvider.System.GetUtcNow());
                await files.SaveAsync(new StampedRecord(files.NextStamp(), record), cancellationToken);
            }
        }

        await arena.StartAsync(weight: 100);
        var containers = await arena.Api.GetNodeAsync(cancellationToken);
        if (containers.Containers != count)
        {
            throw new InvalidOperationException($"The Scaler took over {containers.Containers} of {count} containers.");
        }

        var loads = new List<LightLoad>();
        try
        {
            for (var i = 0; i < Math.Min(Loaded, count); i++)
            {
                loads.Add(new LightLoad(arena.Driver.JoinFiles($"{arena.NodeParent}/c{i:D5}/slot0")));
            }

            await Task.Delay(WarmUp, TimeProvider.System, cancellationToken);
            var (before, start) = (CpuTicks(arena.ProcessId), TimeProvider.System.GetTimestamp());
            await Task.Delay(Measured, TimeProvider.System, cancellationToken);
            var seconds = (CpuTicks(arena.ProcessId) - before) / TicksPerSecond;
            return new OwnCost(count, seconds / TimeProvider.System.GetElapsedTime(start).TotalSeconds, PeakMib(arena.ProcessId));
        }
        finally
        {
            loads.ForEach(l => l.Dispose());
        }
    }

    /// <summary>User and system time of a process: fields 14 and 15 of its stat file, counted after its name, which may hold anything (proc(5)).</summary>
    private static long CpuTicks(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static double PeakMib(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
