using ContainerManager.Contracts;
using ContainerManager.Engines;
using ContainerManager.Metrics;
using ContainerManager.Stores;
using ContainerManager.Tests.Doubles;
using ContainerManager.Working;
using CreditManager.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Scaler.Contracts;
using ServiceDefaults;
using ServiceDefaults.Client;
using Testing;

namespace ContainerManager.Tests.Service;

/// <summary>The real service in this process on scripted neighbours; may be stopped and started again on the same files.</summary>
internal sealed class ManagerHarness : IAsyncDisposable
{
    public const string Function = "work";

    private readonly TempDirectory _directory = new();
    private readonly Dictionary<string, string?> _settings;
    private WebApplication? _app;
    private HttpClient? _http;

    public ManagerHarness(params (string Key, string Value)[] settings)
    {
        Scaler = new ScriptedNode(Engine);
        _settings = new Dictionary<string, string?>
        {
            ["api:listen"] = "http://127.0.0.1:0",
            ["api:require_token"] = "false",
            ["manager:database"] = _directory.Combine("manager.db"),
            ["manager:work_directory"] = _directory.Combine("work"),
            ["manager:poll"] = "50ms",
            ["manager:status_interval"] = "20ms",
            ["manager:log_interval"] = "20ms",
            ["manager:standings_max_age"] = "500ms",
            ["store:directory"] = _directory.Combine("buckets"),
            ["engine:cache_directory"] = _directory.Combine("cache"),
            ["engine:user"] = "nobody",
            ["scaler:address"] = "http://127.0.0.1:1",
            ["credit:address"] = "http://127.0.0.1:1",
        };
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }
    }

    public InMemoryStore Store { get; } = new();

    public ScriptedEngine Engine { get; } = new();

    public ScriptedNode Scaler { get; }

    public ScriptedCredit Credit { get; } = new();

    public ScriptedDisk Disk { get; } = new();

    public ContainerManagerClient Client => new(_http!);

    public string WorkDirectory => _directory.Combine("work");

    public string DatabaseFile => _directory.Combine("manager.db");

    /// <summary>Starts the service and registers <see cref="Function"/> with an image and a script.</summary>
    public static async Task<ManagerHarness> StartAsync(params (string Key, string Value)[] settings)
    {
        var harness = new ManagerHarness(settings);
        await harness.StartServiceAsync();
        await harness.AddFunctionAsync(Function);
        return harness;
    }

    public async Task StartServiceAsync()
    {
        _app = ContainerManagerService.Build(PlatformConfiguration.FromValues(_settings), services => services
            .AddSingleton<IObjectStore>(p => ActivatorUtilities.CreateInstance<MeasuredStore>(p, Store))
            .AddSingleton<IContainerEngine>(p => ActivatorUtilities.CreateInstance<MeasuredEngine>(p, Engine))
            .AddSingleton<IScalerApi>(Scaler)
            .AddSingleton<ICreditApi>(Credit)
            .AddSingleton<IDiskSpace>(Disk));
        await _app.StartAsync();
        _http = ServiceConnection.Open(new Uri(_app.Urls.First()), token: null, TimeSpan.FromSeconds(30));
    }

    /// <summary>What Prometheus would collect now.</summary>
    public Task<string> MetricsAsync() => _http!.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>Ends the service; containers and buckets stay.</summary>
    public async Task StopServiceAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _app = null;
        }

        _http?.Dispose();
        _http = null;
    }

    public async Task RestartAsync()
    {
        await StopServiceAsync();
        await StartServiceAsync();
    }

    public async Task AddFunctionAsync(string name, string user = ScriptedCredit.User)
    {
        await Client.RegisterFunctionAsync(name, new FunctionRegistration(user));
        Store.Put(name, "utils/image.sif", "image");
        Store.Put(name, "utils/process_task.sh", "the script");
    }

    public void Drop(string key, string content = "content", string function = Function) => Store.Put(function, key, content);

    public bool Has(string key) => Store.Has(Function, key);

    public Task<TaskView> TaskAsync(string task, Func<TaskView, bool> condition, string function = Function) => Eventually.FindAsync(
        async () => (await Client.ListTasksAsync(function)).LastOrDefault(t => t.Task == task && condition(t)), what: $"task {task}");

    /// <summary>Waits until a task has ended and its object is where it belongs.</summary>
    public async Task<TaskView> EndedAsync(string task, string function = Function)
    {
        var ended = await TaskAsync(task, t => t.Phase is TaskPhase.Succeeded or TaskPhase.Failed, function);
        await Eventually.HoldsAsync(() => !Store.Has(function, "processing/" + task), what: $"{task} is out of processing/");
        return ended;
    }

    public Task<FunctionStatus> StatusAsync(Func<FunctionStatus, bool> condition, string what, string function = Function) => Eventually.FindAsync(
        async () => await Client.FindFunctionAsync(function) is { } status && condition(status) ? status : null, what: what);

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        _directory.Dispose();
    }
}
