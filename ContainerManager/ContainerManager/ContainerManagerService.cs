using ContainerManager.Billing;
using ContainerManager.Buckets;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Engines.Apptainer;
using ContainerManager.Engines.Docker;
using ContainerManager.Functions;
using ContainerManager.Metrics;
using ContainerManager.Persistence;
using ContainerManager.Reporting;
using ContainerManager.Stores;
using ContainerManager.Triggers;
using ContainerManager.Working;
using CreditManager.Contracts;
using Scaler.Contracts;
using ServiceDefaults;

namespace ContainerManager;

/// <summary>Puts the service together.</summary>
internal static class ContainerManagerService
{
    private const string Name = "container-manager";
    private static readonly TimeSpan ScalerTimeout = TimeSpan.FromSeconds(30);

    public static Task RunAsync(string[] args) => Build(PlatformConfiguration.Load(args)).RunAsync();

    /// <summary>The service, not started.</summary>
    /// <param name="configuration">Its settings.</param>
    /// <param name="overrides">Registers what a test puts in the place of the real thing.</param>
    /// <exception cref="InvalidConfigurationException">Names everything that is wrong.</exception>
    public static WebApplication Build(PlatformConfiguration configuration, Action<IServiceCollection>? overrides = null)
    {
        var api = configuration.Bind<ApiOptions>("api");
        var manager = configuration.Bind<ManagerOptions>("manager");
        var store = configuration.Bind<StoreOptions>("store");
        var engine = configuration.Bind<EngineOptions>("engine");
        var scaler = configuration.Bind<ServiceOptions>("scaler");
        var credit = configuration.Bind<ServiceOptions>("credit");
        var functions = configuration.BindList<FunctionOptions>("functions");
        configuration.ThrowIfInvalid();
        FunctionOptionsRules.ThrowIfAmbiguous(functions);

        var builder = PlatformHost.CreateBuilder(api);
        Directory.CreateDirectory(manager.WorkDirectory!);
        builder.Services.AddSingleton(manager).AddSingleton(functions);
        builder.Services
            .AddSingleton<IObjectStore>(p => ActivatorUtilities.CreateInstance<MeasuredStore>(
                p, ObjectStores.Open(store, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILoggerFactory>())))
            .AddSingleton<IContainerEngine>(p => ActivatorUtilities.CreateInstance<MeasuredEngine>(
                p, OpenEngines(engine, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ApptainerEngine>>())))
            .AddSingleton<IScalerApi>(_ => new ScalerClient(scaler.Open(ScalerTimeout)))
            .AddSingleton<ICreditApi>(_ => new CreditClient(credit.Open()));
        AddParts(builder.Services, manager);
        overrides?.Invoke(builder.Services);

        var app = builder.Build();
        app.UsePlatformDefaults(api, Name);
        app.Services.GetRequiredService<ManagerMetrics>();
        app.MapContainerManager();
        return app;
    }

    private static NodeEngines OpenEngines(EngineOptions options, TimeProvider time, ILogger<ApptainerEngine> logger) => new(
        new ApptainerEngine(options, time, logger),
        options.DockerSocket is { } socket ? new DockerEngine(options, socket, time) : null);

    private static void AddParts(IServiceCollection services, ManagerOptions manager)
    {
        services
            .AddSingleton(_ => Database.Open(manager.Database!)).AddSingleton<FunctionTable>().AddSingleton<TaskTable>().AddSingleton<ContainerTable>()
            .AddSingleton<ManagerMetrics>().AddSingleton<FunctionDirectory>().AddSingleton<FunctionFactory>().AddSingleton<FunctionRegistry>()
            .AddSingleton<AdmissionGate>().AddSingleton<StatusComposer>().AddSingleton<StatusWriter>()
            .AddSingleton(p => new StandingBook(p.GetRequiredService<TimeProvider>(), manager.StandingsMaxAge)).AddSingleton<FundsDesk>()
            .AddSingleton<TaskDispatcher>().AddSingleton<ITaskLeases>(p => ActivatorUtilities.CreateInstance<MeasuredLeases>(p, p.GetRequiredService<TaskDispatcher>())).AddSingleton<InputWatch>()
            .AddSingleton<SetupWatch>().AddSingleton<ImageFetcher>().AddSingleton<StagingFetcher>().AddSingleton<TaskReturner>()
            .AddSingleton<LogUploader>().AddSingleton<ResultUploader>().AddSingleton<ReceiptBook>().AddSingleton<TaskCaps>()
            .AddSingleton<ReportTable>().AddSingleton<ReportBell>().AddSingleton<CapWatch>().AddSingleton<DiskWatch>().AddSingleton<DepositBook>()
            .AddSingleton<ChainGate>().AddSingleton<TaskDrop>().AddSingleton<ResultHandoff>().AddSingleton<ScheduleTable>().AddSingleton<ScheduleTrigger>()
            .AddSingleton<SlotMeter>().AddSingleton<NodeRoom>().AddSingleton<IDiskSpace, DiskSpace>()
            .AddSingleton<AttemptPreparation>().AddSingleton<ScriptRun>().AddSingleton<AttemptJudge>().AddSingleton<AttemptPublisher>().AddSingleton<AttemptRunner>()
            .AddSingleton<SlotWorker>().AddSingleton<ContainerStarter>().AddSingleton<ContainerStopper>().AddSingleton<ContainerWatch>().AddSingleton<PolicySwitch>().AddSingleton<ContainerJudge>().AddSingleton<Warmth>().AddSingleton<RestKeeper>().AddSingleton<IdleTable>().AddSingleton<FunctionRecovery>()
            .AddSingleton<StandingsMonitor>().AddSingleton<NodeMonitor>().AddSingleton<FunctionSupervisor>();
        // The monitors before the functions that wait for what they find.
        services
            .AddHostedService(p => p.GetRequiredService<StandingsMonitor>())
            .AddHostedService(p => p.GetRequiredService<NodeMonitor>())
            .AddHostedService(p => p.GetRequiredService<CapWatch>())
            .AddHostedService<AttemptReporter>()
            .AddHostedService<ReceiptProver>()
            .AddHostedService<DepositsMonitor>()
            .AddHostedService<OrphanSweeper>()
            .AddHostedService(p => p.GetRequiredService<FunctionSupervisor>());
    }
}
