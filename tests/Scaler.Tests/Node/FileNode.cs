using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scaler.Cgroups;
using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.History;
using Scaler.Metrics;
using Scaler.Node;
using Scaler.State;
using Scaler.Tests.Cgroups;
using Testing;

namespace Scaler.Tests.Node;

/// <summary>The parts of a node on recorded files and in a test's own time; cycles run when the test says so.</summary>
internal sealed class FileNode : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ServiceProvider _services;

    public FileNode(int cores = 4)
    {
        var driver = new CgroupV1Driver(Files, CgroupV1Driver.Controllers.ToDictionary(c => c, _ => "/cg"));
        driver.Create("scp", []);
        _services = new ServiceCollection()
            .AddSingleton(new ScalerOptions { Cores = cores, StateDirectory = _directory.Combine("state") })
            .AddSingleton(new CgroupLayout("scp"))
            .AddSingleton<ICgroupDriver>(driver)
            .AddSingleton(_ => StateFiles.Open(_directory.Combine("state")))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(typeof(ILogger<>), typeof(ForwardingLogger<>))
            .AddSingleton(Log)
            .AddMetrics()
            .AddSingleton<ScalerMetrics>()
            .AddSingleton<NodeClock>()
            .AddSingleton<NodeContainers>()
            .AddSingleton<ContainerCounter>()
            .AddSingleton<DecisionBook>()
            .AddSingleton<MemoryScaler>()
            .AddSingleton<LimitAllocator>()
            .AddSingleton<ContainerViews>()
            .AddSingleton<ScalingCycle>()
            .AddSingleton<PersistenceCycle>()
            .BuildServiceProvider();
        Time.Advance(TimeSpan.FromHours(1));
    }

    public RecordedCgroupFiles Files { get; } = new(Fixtures.V1);

    public ManualTimeProvider Time { get; } = new();

    public RecordingLogger Log { get; } = new();

    public NodeContainers Containers => _services.GetRequiredService<NodeContainers>();

    public ContainerViews Views => _services.GetRequiredService<ContainerViews>();

    /// <summary>Takes a container in, without writing its state.</summary>
    public ManagedContainer Add(string containerId, ScalingBounds? bounds = null, string policy = "fixed", int? limitShares = null)
    {
        var spec = new ContainerSpec("user0", "stress", 1, bounds ?? new ScalingBounds(0, 100, 25), limitShares, 64L << 20, 64, policy);
        _services.GetRequiredService<ICgroupDriver>().Create("scp/" + containerId, CgroupLayout.Children(1));
        var clock = _services.GetRequiredService<NodeClock>();
        var container = new ManagedContainer(ContainerRecord.Register(containerId, spec, clock.Now, clock.WallClock), null);
        Containers.Add(container);
        _services.GetRequiredService<LimitAllocator>().Admit(container);
        return container;
    }

    /// <summary>Time passes, and a cycle runs at its end.</summary>
    public async Task CycleAsync(int milliseconds = 200)
    {
        Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await _services.GetRequiredService<ScalingCycle>().RunCycleAsync(default);
    }

    /// <summary>Counts all and writes what changed.</summary>
    public Task KeepAsync() => _services.GetRequiredService<PersistenceCycle>().RunCycleAsync(default);

    public void Dispose()
    {
        _services.Dispose();
        _directory.Dispose();
    }

    private sealed class ForwardingLogger<T>(RecordingLogger log) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Log(logLevel, eventId, state, exception, formatter);
    }
}
