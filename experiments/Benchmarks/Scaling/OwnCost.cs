using System.Globalization;
using Scaler.Contracts;

namespace Benchmarks.Scaling;

/// <summary>What a Scaler with many containers uses for itself.</summary>
/// <param name="Containers">How many, a few of them lightly loaded, the others idle.</param>
/// <param name="Cores">CPU that the Scaler used, 0.03 for 3 % of a core.</param>
/// <param name="MemoryMib">Most memory that it had in use.</param>
internal sealed record OwnCost(int Containers, double Cores, double MemoryMib)
{
    private const int Loaded = 5;
    private const int PerCore = 50;
    private const int AtOnce = 8;
    private const double TicksPerSecond = 100;

    // A service runs for months: what the runtime compiles in the first seconds is not what it costs.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    /// <summary>Measures it, with fifty containers for each core.</summary>
    public static async Task<OwnCost> MeasureAsync(int count, CancellationToken cancellationToken)
    {
        await using var arena = Arena.Prepare(cores: Math.Max(2, count / PerCore));
        await arena.StartAsync(weight: 100);
        foreach (var ids in Enumerable.Range(0, count).Chunk(AtOnce))
        {
            await Task.WhenAll(ids.Select(i => arena.Api.RegisterAsync(Id(i), Registration(i), cancellationToken)));
        }

        var loads = new List<LightLoad>();
        try
        {
            for (var i = 0; i < Math.Min(Loaded, count); i++)
            {
                loads.Add(new LightLoad(arena.Driver.JoinFiles($"{arena.NodeParent}/{Id(i)}/slot0")));
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

    private static string Id(int container) => string.Create(CultureInfo.InvariantCulture, $"c{container:D5}");

    private static ContainerRegistration Registration(int container) =>
        new($"user{container % 100}", "bench", 1, new ContainerLimits(0, 200, 25, 25), 64L << 20, 64, Policies.Tracking);

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
