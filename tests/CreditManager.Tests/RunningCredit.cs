using System.Net;
using System.Text;
using CreditManager.Billing;
using CreditManager.Contracts;
using CreditManager.Health;
using CreditManager.Metrics;
using CreditManager.Settlement;
using CreditManager.Tests.Databases;
using CreditManager.Wallets;
using GridcoinDevnet.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;
using ServiceDefaults.Client;
using Testing;

namespace CreditManager.Tests;

/// <summary>
/// CreditManager in this process, asked over HTTP through its contract's client. Its cycles run when a test says so and its time
/// moves when a test says so; it can be stopped as by a crash and started again on the same database.
/// </summary>
internal sealed class RunningCredit : IAsyncDisposable
{
    public const long Grc = 100_000_000;

    private readonly TestDatabase _database = new();
    private WebApplication? _app;
    private HttpClient? _http;

    public ManualTimeProvider Time { get; } = new();

    public ScriptedScaler Scaler { get; init; } = new();

    /// <summary>In the place of the wallet over RPC.</summary>
    public IWallet? Wallet { get; init; }

    public IKillPoints? KillPoints { get; set; }

    /// <summary>Scalers in the place of the one in <see cref="Scaler"/>.</summary>
    public IReadOnlyList<ScalerConnection>? Scalers { get; init; }

    public Dictionary<string, string?> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file of its database, where it has one.</summary>
    public string Database => _database.File;

    /// <summary>Where its database is on a server.</summary>
    public string? ConnectionString => _database.ConnectionString;

    public Uri Address => new(_app!.Urls.Single());

    public CreditClient Api { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    /// <summary>Sends a body as it is, also one that no client of ours would send.</summary>
    public async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, string body)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Starts against a development wallet.</summary>
    public static async Task<RunningCredit> StartAsync(RunningDevnet devnet, Action<RunningCredit>? prepare = null)
    {
        var credit = new RunningCredit();
        credit.Settings["wallet:kind"] = "devnet";
        credit.Settings["wallet:address"] = devnet.Address.ToString();
        credit.Settings["wallet:credentials_file"] = devnet.CredentialsFile;
        try
        {
            prepare?.Invoke(credit);
            await credit.StartAsync();
            return credit;
        }
        catch (Exception)
        {
            await credit.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync(bool withLoops = false)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["api:listen"] = "http://127.0.0.1:0",
            ["api:require_token"] = "false",
            ["wallet:rpc_user"] = "nobody",
            ["wallet:rpc_password"] = "nothing",
        };
        foreach (var (key, value) in (await _database.PrepareAsync()).Concat(Settings))
        {
            values[key] = value;
        }

        _app = CreditService.Build(PlatformConfiguration.FromValues(values), services => Override(services, withLoops));
        await _app.StartAsync();
        _http = ServiceConnection.Open(Address, null, TimeSpan.FromSeconds(60));
        Api = new CreditClient(_http);
    }

    /// <summary>What Prometheus would collect now.</summary>
    public Task<string> MetricsAsync() => _http!.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    public Task BillAsync() => Services.GetRequiredService<BillingCycle>().RunCycleAsync(CancellationToken.None);

    public Task DealWithWalletAsync() => Services.GetRequiredService<WalletCycle>().RunCycleAsync(CancellationToken.None);

    public async Task<UserStanding> StandingAsync(string user = "alice") => (await Api.FindStandingAsync(user))!;

    /// <summary>Stops without any last work, as a crash does.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            _http?.Dispose();
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            // What is being written in this moment is written before its directory goes.
            var loops = app.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<Microsoft.Extensions.Hosting.BackgroundService>();
            await Task.WhenAll(loops.Select(loop => loop.ExecuteTask ?? Task.CompletedTask)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.DisposeAsync();
        }
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _database.DisposeAsync();
    }

    private void Override(IServiceCollection services, bool withLoops)
    {
        if (!withLoops)
        {
            services.AddSingleton<TimeProvider>(Time);
            foreach (var loop in services.Where(s => s.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && s.ImplementationFactory is not null).ToList())
            {
                services.Remove(loop);
            }
        }

        services.AddSingleton(Scalers ?? [new ScalerConnection("scripted", Scaler)]);
        if (Wallet is not null)
        {
            services.AddSingleton<IWallet>(s => ActivatorUtilities.CreateInstance<MeasuredWallet>(s, Wallet));
        }

        if (KillPoints is not null)
        {
            services.AddSingleton(KillPoints);
        }
    }
}
