using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scaler.Contracts;
using ServiceDefaults;
using ServiceDefaults.Client;
using Testing;

namespace Scaler.Tests.Service;

/// <summary>The real service in this process, on the real kernel, spoken to through its contract client.</summary>
internal sealed class ScalerNode : IAsyncDisposable
{
    private readonly TestCgroups _cgroups = new();
    private readonly TempDirectory _directory = new();
    private readonly Dictionary<string, string?> _settings;
    private readonly List<JoinedProcess> _processes = [];
    private WebApplication? _app;
    private HttpClient? _http;

    private ScalerNode(IEnumerable<KeyValuePair<string, string?>> settings) => _settings = new Dictionary<string, string?>(settings)
    {
        ["api:listen"] = "http://127.0.0.1:0",
        ["api:require_token"] = "false",
        ["scaler:cgroup_parent"] = _cgroups.Parent,
        ["scaler:state_directory"] = StateDirectory,
    };

    public IScalerApi Api { get; private set; } = null!;

    public TestCgroups Cgroups => _cgroups;

    public string StateDirectory => _directory.Combine("state");

    /// <summary>Starts a node of four cores, whatever the machine has.</summary>
    public static async Task<ScalerNode> StartAsync(params (string Key, string Value)[] settings)
    {
        var node = new ScalerNode(settings.Append((Key: "scaler:cores", Value: "4")).DistinctBy(s => s.Key).ToDictionary(s => s.Key, s => (string?)s.Value));
        await node.StartServiceAsync();
        return node;
    }

    public async Task StartServiceAsync()
    {
        _app = ScalerService.Build(PlatformConfiguration.FromValues(_settings), services => services.AddSingleton<ILoggerProvider>(new LogProvider(Log)));
        await _app.StartAsync();
        _http = ServiceConnection.Open(new Uri(_app.Urls.Single()), null, TimeSpan.FromSeconds(30) * Eventually.Patience);
        Api = new ScalerClient(_http);
    }

    /// <summary>Stops the service; containers go on.</summary>
    public async Task StopServiceAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
            _http!.Dispose();
        }
    }

    /// <summary>Sends a request that the contract client could not make; status and body of the answer.</summary>
    public async Task<(System.Net.HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        using var response = await _http!.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>An answer as text, as somebody gets it who accepts that type; and its own type.</summary>
    public async Task<(string? Type, string Body)> GetTextAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        using var response = await _http!.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What the service logged, without what the platform around it says.</summary>
    public RecordingLogger Log { get; } = new();

    /// <summary>What Prometheus would collect now.</summary>
    public Task<string> MetricsAsync() => _http!.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>Registers a container with a fixed limit.</summary>
    public Task<ContainerState> RegisterAsync(string containerId, int limitShares = 100, int slots = 1, string policy = "fixed") =>
        Api.RegisterAsync(containerId, Registration(limitShares, slots, policy));

    public static ContainerRegistration Registration(int limitShares = 100, int slots = 1, string policy = "fixed", long memoryBytes = 64L << 20) =>
        new("user0", "stress", slots, new ContainerLimits(0, 400, 25, limitShares), memoryBytes, 40, policy);

    /// <summary>Starts a command in a slot.</summary>
    public JoinedProcess RunInSlot(ContainerState container, IEnumerable<string> command, int slot = 0) => Run(container.Slots[slot].JoinFiles, command);

    /// <summary>Starts a command in the container's instance.</summary>
    public JoinedProcess RunInInstance(ContainerState container, IEnumerable<string> command) => Run(container.JoinFiles, command);

    /// <summary>The container, which is there.</summary>
    public async Task<ContainerState> GetAsync(string containerId) =>
        await Api.FindContainerAsync(containerId) ?? throw new InvalidOperationException($"There is no container {containerId}.");

    /// <summary>Waits until a container is as told.</summary>
    public Task<ContainerState> WaitForAsync(string containerId, Func<ContainerState, bool> condition, string what) =>
        Eventually.FindAsync(async () => await GetAsync(containerId) is { } state && condition(state) ? state : null, what: what);

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        await _cgroups.DisposeAsync();
        _processes.ForEach(p => p.Dispose());
        _directory.Dispose();
    }

    private sealed class LogProvider(RecordingLogger log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Scaler.", StringComparison.Ordinal) ? log : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose()
        {
        }
    }

    private JoinedProcess Run(IEnumerable<string> joinFiles, IEnumerable<string> command)
    {
        var process = new JoinedProcess(joinFiles, command);
        _processes.Add(process);
        return process;
    }
}
