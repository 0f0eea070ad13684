using System.Diagnostics;
using ContainerManager.Engines.Processes;
using PlatformHarness;

namespace Benchmarks.Soak;

/// <summary>Kills one thing after the other, in an order that a seed decides; services are started again as a supervisor does.</summary>
internal sealed class SoakKills(Platform platform, Random random)
{
    private const string Runner = "runner";
    private const string Init = "init";
    private const string Container = "container";
    private static readonly TimeSpan MeanPause = TimeSpan.FromSeconds(3);

    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<SoakKill> _all = [];
    private readonly Queue<Func<Task>> _deck = new();

    /// <summary>SIGKILLs by kind of what was killed.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>All, oldest first.</summary>
    public IReadOnlyList<SoakKill> All => _all;

    public int Total => _counts.Values.Sum();

    /// <summary>Waits for a time by chance, then kills. Every kind is due once before any is due again.</summary>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Pause(), TimeProvider.System, cancellationToken);
        if (_deck.Count == 0)
        {
            Shuffle();
        }

        await _deck.Dequeue()();
    }

    /// <summary>Kills all services at once, as a node that dies with its containers left running.</summary>
    public Task KillServicesAsync() => KillAsync([.. platform.Services]);

    // Times between events that nothing connects: exponentially distributed, cut off where nothing would be learnt.
    private TimeSpan Pause() => MeanPause * Math.Clamp(-Math.Log(1 - random.NextDouble()), 0.05, 3);

    private void Shuffle()
    {
        var two = platform.Services.ToArray();
        random.Shuffle(two);
        Func<Task>[] due =
        [
            () => KillAsync(platform.ManagerService),
            () => KillAsync(platform.ManagerService),
            () => KillAsync(platform.ManagerService),
            () => KillAsync(platform.ScalerService),
            () => KillAsync(platform.CreditService),
            () => KillAsync(platform.Devnet),
            () => KillAsync(two[..2]),
            KillRunnerAsync,
            KillRunnerAsync,
            KillInitAsync,
            KillInitAsync,
            KillContainerAsync,
            KillContainerAsync,
        ];
        random.Shuffle(due);
        foreach (var kill in due)
        {
            _deck.Enqueue(kill);
        }
    }

    private async Task KillAsync(params ServiceProcess[] services)
    {
        var names = services.Select(s => s.Name.Replace('-', '_')).ToList();
        names.ForEach(name => Count(name, name, services.Length == 1));
        await Task.WhenAll(services.Select(s => s.KillAsync()));
        await Task.WhenAll(services.Select(s => s.StartAsync()));
    }

    private Task KillRunnerAsync() => KillOneAsync(
        Runner,
        container => Directory.Exists(SlotsOf(container))
            ? Directory.EnumerateDirectories(SlotsOf(container))
                .Select(slot => ProcessIdentity.ReadRecord(Path.Combine(slot, "runner.pid"))).Where(p => p is { IsAlive: true }).Select(p => p!.Pid)
            : []);

    private Task KillInitAsync() => KillOneAsync(
        Init, container => Cgroups.FindInit(platform.CgroupParent, container) is { } init ? [init] : []);

    private Task KillContainerAsync()
    {
        if (Pick() is { } container)
        {
            Count(Container, container, alone: true);
            Cgroups.KillAll(platform.CgroupParent, container);
        }

        return Task.CompletedTask;
    }

    private Task KillOneAsync(string kind, Func<string, IEnumerable<int>> processes)
    {
        if (Pick() is { } container && processes(container).ToList() is [_, ..] candidates)
        {
            try
            {
                using var process = Process.GetProcessById(candidates[random.Next(candidates.Count)]);
                Count(kind, container, alone: true);
                process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // Gone by itself meanwhile.
            }
        }

        return Task.CompletedTask;
    }

    // Any container, and as often the one with the most processes: what is busy is what has something to lose.
    private string? Pick()
    {
        var running = Cgroups.Containers(platform.CgroupParent).Order(StringComparer.Ordinal)
            .Select(c => (Container: c, Processes: Cgroups.Members(platform.CgroupParent, c).Count)).Where(c => c.Processes > 0).ToList();
        return running.Count == 0 ? null : random.Next(2) == 0 ? running[random.Next(running.Count)].Container : running.MaxBy(c => c.Processes).Container;
    }

    private string SlotsOf(string container) => Path.Combine(platform.WorkDirectory, "containers", container, "slots");

    private void Count(string kind, string target, bool alone)
    {
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        _all.Add(new SoakKill(TimeProvider.System.GetUtcNow(), kind, target, alone));
    }
}

/// <summary>A SIGKILL.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Target">The service, or the container.</param>
/// <param name="Alone">Whether nothing else was killed with it.</param>
internal sealed record SoakKill(DateTimeOffset At, string Kind, string Target, bool Alone);
