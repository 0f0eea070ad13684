using Scaler.Cgroups;
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

        var builder = PlatformHost.CreateBuilder(api);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(new CgroupLayout(options.CgroupParent))
            .AddSingleton(Detect(options))
            .AddSingleton(_ => new StateFiles(options.StateDirectory!))
            .AddSingleton<NodeClock>()
            .AddSingleton<NodeContainers>()
            .AddSingleton<ContainerCounter>()
            .AddSingleton<LimitAllocator>()
            .AddSingleton<ContainerCloser>()
            .AddSingleton<ContainerViews>()
            .AddSingleton<ContainerRegistrar>()
            .AddSingleton<ContainerOperations>()
            .AddSingleton<UsageReporter>()
            .AddSingleton<PersistenceCycle>()
            .AddHostedService<Recovery>()
            .AddHostedService<ScalingCycle>()
            .AddHostedService(services => services.GetRequiredService<PersistenceCycle>())
            .AddHostedService<ClosingCycle>();
        overrides?.Invoke(builder.Services);

        var app = builder.Build();
        app.UsePlatformDefaults(api, "scaler");
        app.MapScaler();
        return app;
    }

    private static ICgroupDriver Detect(ScalerOptions options)
    {
        try
        {
            return CgroupDetection.Detect(new CgroupFiles(), options.CgroupRoot);
        }
        catch (CgroupsUnavailableException e)
        {
            throw new InvalidConfigurationException([e.Message]);
        }
    }
}
