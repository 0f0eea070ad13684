using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ContainerManager.Contracts;
using CreditManager.Contracts;
using Scaler.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace PlatformHarness;

/// <summary>
/// The whole platform on this machine: four processes, a cgroup parent and a bucket directory of its own, so that many can run
/// side by side. Disposal ends every process and removes every cgroup and file, also after a failure.
/// </summary>
internal sealed class Platform : IAsyncDisposable
{
    public const string User = "user0";

    private readonly TempDirectory _directory = new();
    private readonly List<HttpClient> _connections = [];
    private readonly string _cgroupParent = "scp-test-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
    private readonly PlatformSettings _settings;
    private readonly Uri _creditAddress;

    private Platform(PlatformSettings settings)
    {
        _settings = settings;
        File.WriteAllText(_directory.Combine("token"), _token);
        File.WriteAllText(_directory.Combine("wallet.credentials"), "rpcuser=tester\nrpcpassword=" + _token + "\n");
        File.SetUnixFileMode(_directory.Combine("wallet.credentials"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        // The task user must reach its workspaces below this directory, and nothing else in it.
        File.SetUnixFileMode(_directory.Path, File.GetUnixFileMode(_directory.Path) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var (wallet, scaler, credit, manager) = (LoopbackAddress.Free(), LoopbackAddress.Free(), LoopbackAddress.Free(), LoopbackAddress.Free());
        _creditAddress = credit;
        Devnet = Service("gridcoin-devnet", "GridcoinDevnet", wallet, DevnetConfig(wallet));
        ScalerService = Service("scaler", "Scaler", scaler, ScalerConfig(scaler));
        CreditService = Service("credit-manager", "CreditManager", credit, CreditConfig(credit, wallet, scaler));
        ManagerService = Service("container-manager", "ContainerManager", manager, ManagerConfig(manager, scaler, credit));
        ScalerApi = new ScalerClient(Connect(scaler));
        Credit = new CreditClient(Connect(credit));
        Manager = new ContainerManagerClient(Connect(manager));
        Wallet = new DevnetWallet(wallet, "tester", _token);
    }

    public ServiceProcess Devnet { get; }

    public ServiceProcess ScalerService { get; }

    public ServiceProcess CreditService { get; }

    public ServiceProcess ManagerService { get; }

    public IScalerApi ScalerApi { get; }

    public ICreditApi Credit { get; }

    public IContainerManagerApi Manager { get; }

    public DevnetWallet Wallet { get; }

    public string CgroupParent => _cgroupParent;

    /// <summary>In the order in which they are started.</summary>
    public IReadOnlyList<ServiceProcess> Services => [Devnet, ScalerService, CreditService, ManagerService];

    /// <summary>Everything of this platform that is no cgroup lies below.</summary>
    public string Home => _directory.Path;

    /// <summary>Where the services put temporary files.</summary>
    public string TemporaryDirectory => _directory.Combine("tmp");

    /// <summary>Where ContainerManager keeps the containers' files.</summary>
    public string WorkDirectory => _directory.Combine("work");

    /// <summary>Starts everything, and pays in the user's first coins.</summary>
    public static async Task<Platform> StartAsync(PlatformSettings? settings = null)
    {
        var platform = new Platform(settings ?? new PlatformSettings());
        try
        {
            await platform.Devnet.StartAsync();
            await Task.WhenAll(platform.ScalerService.StartAsync(), platform.CreditService.StartAsync());
            await platform.ManagerService.StartAsync();
            await platform.SetUserAsync(new UserSettings());
            await platform.PayInAsync(platform._settings.Grc);
            return platform;
        }
        catch (Exception)
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the command-line program as an operator does.</summary>
    /// <returns>Its exit status, and what it wrote to both outputs.</returns>
    public async Task<(int Status, string Output)> CreditCtlAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "creditctl.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SCP_CREDIT_URL"] = _creditAddress.ToString(), ["SCP_CREDIT_TOKEN_FILE"] = _directory.Combine("token") },
        }) ?? throw new InvalidOperationException("creditctl could not be started.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <summary>Exports the whole ledger to a file that is removed with the platform.</summary>
    public async Task<string> ExportLedgerAsync()
    {
        var file = _directory.Combine("ledger.jsonl");
        var (status, output) = await CreditCtlAsync("ledger", "export", "--out", file);
        return status == 0 ? file : throw new InvalidOperationException($"creditctl ledger export: {output}");
    }

    public Task<UserAccount> SetUserAsync(UserSettings settings, string user = User) => Credit.SetUserAsync(user, settings);

    /// <summary>Pays in and waits until CreditManager knows.</summary>
    public async Task PayInAsync(decimal grc, string user = User)
    {
        if (grc == 0)
        {
            return;
        }

        var before = await Credit.FindStandingAsync(user);
        await Wallet.MoveAsync("sink", user, grc);
        await Eventually.HoldsAsync(async () => (await Credit.FindStandingAsync(user))?.WalletHalfords > (before?.WalletHalfords ?? 0));
    }

    /// <summary>Registers a function with an image and a script; its bucket has the function's name.</summary>
    public async Task<FunctionBucket> AddFunctionAsync(string name, string? script, string? image = null, string user = User, int? maxShares = null)
    {
        await Manager.RegisterFunctionAsync(name, new FunctionRegistration(user, MaxShares: maxShares));
        var bucket = new FunctionBucket(this, name, _directory.Combine("buckets", name));
        if (image is not null)
        {
            bucket.CopyIn(image, "utils/" + Path.GetFileName(image));
        }

        if (script is not null)
        {
            bucket.Drop("utils/process_task.sh", script);
        }

        return bucket;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseContainersAsync();
        foreach (var service in Services.Reverse())
        {
            await service.DisposeAsync();
        }

        _connections.ForEach(c => c.Dispose());
        Wallet.Dispose();
        await Cgroups.RemoveAsync(_cgroupParent);
        _directory.Dispose();
    }

    private async Task CloseContainersAsync()
    {
        try
        {
            await ManagerService.KillAsync();
            foreach (var container in await ScalerApi.ListContainersAsync())
            {
                await ScalerApi.CloseAsync(container.ContainerId);
            }
        }
        catch (ApiException)
        {
            // The Scaler is down: what is left in the cgroups is killed there.
        }
    }

    private ServiceProcess Service(string name, string assembly, Uri address, string config)
    {
        var file = _directory.Combine(name + ".yaml");
        File.WriteAllText(file, config);
        Directory.CreateDirectory(TemporaryDirectory);
        return new ServiceProcess(name, assembly, file, address, _directory.Combine(name + ".log"), TemporaryDirectory);
    }

    private HttpClient Connect(Uri address)
    {
        var connection = ServiceConnection.Open(address, _token, TimeSpan.FromSeconds(30));
        _connections.Add(connection);
        return connection;
    }

    private string Api(Uri address) => $"api: {{ listen: \"{address}\", token_file: {_directory.Combine("token")} }}\n";

    private string Peer(Uri address) => $"{{ address: \"{address}\", token_file: {_directory.Combine("token")} }}";

    private string DevnetConfig(Uri address) => $"""
        devnet:
          listen: "{address}"
          state_directory: {_directory.Combine("wallet")}
          credentials_file: {_directory.Combine("wallet.credentials")}
          test_endpoints: {(_settings.WalletMisbehaves ? "true" : "false")}
        """;

    private string ScalerConfig(Uri address) => Api(address) + $"""
        scaler:
          cgroup_parent: {_cgroupParent}
          state_directory: {_directory.Combine("scaler")}
          closed_cgroup_retention: {_settings.ClosedCgroupRetention}
        """;

    private string CreditConfig(Uri address, Uri wallet, Uri scaler) => Api(address) + string.Create(CultureInfo.InvariantCulture, $"""
        credit:
          database: {_directory.Combine("credit.db")}
          cycle: {_settings.BillingCycle}
          wallet_poll: 500ms
          freeze_grace: {_settings.FreezeGrace}
          default_vcore_seconds_per_grc: {_settings.VcoreSecondsPerGrc}
        wallet:
          kind: devnet
          address: "{wallet}"
          credentials_file: {_directory.Combine("wallet.credentials")}
          timeout: {_settings.WalletTimeout}
        scalers: [ {Peer(scaler)} ]
        """);

    private string ManagerConfig(Uri address, Uri scaler, Uri credit) => Api(address) + $"""
        manager:
          database: {_directory.Combine("manager.db")}
          work_directory: {_directory.Combine("work")}
        store: {_settings.StoreSection ?? $"{{ directory: {_directory.Combine("buckets")} }}"}
        engine:
          cache_directory: {_directory.Combine("cache")}
          docker_socket: {_settings.DockerSocket ?? "~"}
        scaler: {Peer(scaler)}
        credit: {Peer(credit)}
        """;
}
