using Scaler.Cgroups;
using Scaler.History;
using Scaler.Metrics;
using Scaler.Node;
using Scaler.State;
using ServiceDefaults;

namespace Scaler;

/// <summary>Puts the service together.</summary>
internal static class ScalerService
{
    /// <summary>Runs the service until it is told to stop; containers go on without it.</summary>
    public static Task RunAsync(string[] args) => Build(PlatformConfiguration.Load(args)).RunAsync();

    /// <summary>The service, ready to start.</summary>
    /// <param name="configuration">Sections <c>api</c> and <c>scaler</c>.</param>
    /// <param name="overrides">Replaces services; for tests.</param>
    /// <exception cref="InvalidConfigurationException">Settings that are wrong, or a machine without usable cgroups.</exception>
    public static WebApplication Build(PlatformConfiguration configuration, Action<IServiceCollection>? overrides = null)
    {
        var api = configuration.Bind<ApiOptions>("api");
        var options = configuration.Bind<ScalerOptions>("scaler");
        configuration.ThrowIfInvalid();

        var (driver, files) = Prepare(options);
        var builder = PlatformHost.CreateBuilder(api);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(new CgroupLayout(options.CgroupParent))
            .AddSingleton(driver)
            .AddSingleton(_ => files)
            .AddSingleton<NodeClock>()
            .AddSingleton<NodeContainers>()
            .AddSingleton<ContainerCounter>()
            .AddSingleton<DecisionBook>()
            .AddSingleton<MemoryScaler>()
            .AddSingleton<LimitAllocator>()
            .AddSingleton<ContainerCloser>()
            .AddSingleton<ContainerViews>()
            .AddSingleton<ContainerRegistrar>()
            .AddSingleton<ContainerOperations>()
            .AddSingleton<HistoryViews>()
            .AddSingleton<UsageReporter>()
            .AddSingleton<PersistenceCycle>()
            .AddSingleton<ScalerMetrics>()
            .AddSingleton<NodeMetrics>()
            .AddHostedService<Recovery>()
            .AddHostedService<ScalingCycle>()
            .AddHostedService(services => services.GetRequiredService<PersistenceCycle>())
            .AddHostedService<ClosingCycle>();
        overrides?.Invoke(builder.Services);

        var app = builder.Build();
        app.UsePlatformDefaults(api, "scaler");
        app.Services.GetRequiredService<NodeMetrics>();
        app.MapScaler();
        return app;
    }

    /// <summary>What may fail for reasons that only the operator can mend.</summary>
    private static (ICgroupDriver Driver, StateFiles Files) Prepare(ScalerOptions options)
    {
        try
        {
            return (FindCgroups(options), StateFiles.Open(options.StateDirectory!));
        }
        catch (Exception e) when (e is CgroupsUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException([
                e is CgroupsUnavailableException ? e.Message : $"{e.Message} The Scaler wants scaler.state_directory for itself."]);
        }
    }

    private static ICgroupDriver FindCgroups(ScalerOptions options)
    {
        var files = new CgroupFiles();
        var driver = CgroupDetection.Detect(files, options.CgroupRoot);
        try
        {
            driver.Create(options.CgroupParent, []);
            return driver;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CgroupsUnavailableException(
                new CgroupDelegation(files, options.CgroupRoot, files.Read("/proc/self/cgroup")).Explain(driver.Version, options.CgroupParent), e);
        }
    }
}
