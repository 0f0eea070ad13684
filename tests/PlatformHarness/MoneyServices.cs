using System.Security.Cryptography;
using CreditManager.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace PlatformHarness;

/// <summary>CreditManager and the development wallet as processes, with users whose usage a <see cref="ScriptedNode"/> tells; no container runs.</summary>
internal sealed class MoneyServices : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly HttpClient _http;

    private MoneyServices(ScriptedNode node, IReadOnlyList<string> users, string cycle, string walletTimeout)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var credentials = _directory.Combine("wallet.credentials");
        File.WriteAllText(credentials, $"rpcuser=tester\nrpcpassword={password}\n");
        File.SetUnixFileMode(credentials, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var (wallet, credit) = (LoopbackAddress.Free(), LoopbackAddress.Free());
        Devnet = Service("gridcoin-devnet", "GridcoinDevnet", wallet, $$"""
            devnet: { listen: "{{wallet}}", state_directory: {{_directory.Combine("wallet")}}, credentials_file: {{credentials}}, test_endpoints: true }
            """);
        CreditService = Service("credit-manager", "CreditManager", credit, $$"""
            api: { listen: "{{credit}}", require_token: false }
            credit: { database: {{_directory.Combine("credit.db")}}, cycle: {{cycle}}, wallet_poll: {{cycle}} }
            wallet: { kind: devnet, address: "{{wallet}}", credentials_file: {{credentials}}, timeout: {{walletTimeout}} }
            scalers: [ { address: "{{node.Address}}" } ]
            users: [ {{string.Join(", ", users.Select(u => $"{{ name: {u} }}"))}} ]
            """);
        _http = ServiceConnection.Open(credit, null, TimeSpan.FromSeconds(60));
        Credit = new CreditClient(_http);
        Wallet = new DevnetWallet(wallet, "tester", password);
    }

    public ServiceProcess Devnet { get; }

    public ServiceProcess CreditService { get; }

    public ICreditApi Credit { get; }

    public DevnetWallet Wallet { get; }

    /// <summary>Starts both, with so many GRC in every user's account.</summary>
    /// <param name="node">Tells the usage.</param>
    /// <param name="users">Names.</param>
    /// <param name="grc">What each has.</param>
    /// <param name="cycle">How often is billed, and the wallet asked.</param>
    /// <param name="walletTimeout">How long a wallet call may take.</param>
    public static async Task<MoneyServices> StartAsync(
        ScriptedNode node, IReadOnlyList<string> users, decimal grc, string cycle = "100ms", string walletTimeout = "1s")
    {
        var services = new MoneyServices(node, users, cycle, walletTimeout);
        try
        {
            await services.Devnet.StartAsync();
            foreach (var user in users)
            {
                await services.Wallet.MoveAsync("sink", user, grc);
            }

            await services.CreditService.StartAsync();
            return services;
        }
        catch (Exception)
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until all that fills a block is settled.</summary>
    public Task SettledAsync(long blockHalfords, TimeSpan timeout) => Eventually.HoldsAsync(
        async () => (await Credit.GetStatusAsync()) is { OpenSettlements: 0, WalletReachable: true }
            && (await Credit.ListStandingsAsync()).All(s => s.UnsettledHalfords < blockHalfords && s.WalletHalfords > 0),
        timeout,
        $"everything is settled; the logs: {CreditService.LogFile}");

    /// <summary>Users who were not billed what their node counted.</summary>
    public async Task<IReadOnlyList<string>> ListWrongBillsAsync(ScriptedNode node)
    {
        var wrong = new List<string>();
        foreach (var (user, used) in node.Used)
        {
            if ((await Credit.ListBillsAsync(user)).Sum(b => b.BilledMicroseconds) != used)
            {
                wrong.Add(user);
            }
        }

        return wrong;
    }

    public async ValueTask DisposeAsync()
    {
        await CreditService.DisposeAsync();
        await Devnet.DisposeAsync();
        _http.Dispose();
        Wallet.Dispose();
        _directory.Dispose();
    }

    private ServiceProcess Service(string name, string assembly, Uri address, string config)
    {
        var file = _directory.Combine(name + ".yaml");
        File.WriteAllText(file, config);
        return new ServiceProcess(name, assembly, file, address, _directory.Combine(name + ".log"));
    }
}
