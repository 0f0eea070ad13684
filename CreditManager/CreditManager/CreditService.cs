using CreditManager.Api;
using CreditManager.Billing;
using CreditManager.Deposits;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Settlement;
using CreditManager.Standings;
using CreditManager.Storage;
using CreditManager.Wallets;
using CreditManager.Wallets.Gridcoin;
using Microsoft.Data.Sqlite;
using Scaler.Contracts;
using ServiceDefaults;

namespace CreditManager;

/// <summary>Users, what they own and owe, and what they may do. See <see cref="Contracts.ICreditApi"/>.</summary>
internal static class CreditService
{
    public static async Task RunAsync(string[] args)
    {
        await using var app = Build(PlatformConfiguration.Load(args));
        await app.RunAsync();
    }

    /// <summary>The service, not started yet; its database is open from here on, and users and tariffs of the configuration exist.</summary>
    /// <exception cref="InvalidConfigurationException">Settings that cannot be followed.</exception>
    public static WebApplication Build(PlatformConfiguration configuration, Action<IServiceCollection>? overrides = null)
    {
        var api = configuration.Bind<ApiOptions>("api");
        var credit = configuration.Bind<CreditOptions>("credit");
        var wallet = configuration.Bind<WalletOptions>("wallet");
        var scalers = configuration.BindList<ServiceOptions>("scalers");
        var users = configuration.BindList<UserOptions>("users");
        configuration.ThrowIfInvalid();

        var builder = PlatformHost.CreateBuilder(api);
        builder.Services.AddSingleton(credit).AddSingleton(wallet);
        builder.Services.AddSingleton<IReadOnlyList<ScalerConnection>>(
            [.. scalers.Select(s => new ScalerConnection(s.Address!.ToString(), new ScalerClient(s.Open(credit.ScalerTimeout))))]);
        AddServices(builder.Services, credit, wallet);
        overrides?.Invoke(builder.Services);

        var app = builder.Build().UsePlatformDefaults(api, "credit-manager");
        app.Services.GetRequiredService<Seeder>().Seed(users);
        app.MapUsers();
        app.MapMoney();
        return app;
    }

    private static void AddServices(IServiceCollection services, CreditOptions credit, WalletOptions wallet)
    {
        services.AddSingleton(_ => OpenDatabase(credit.Database!));
        services.AddSingleton(_ => new RpcTransport(wallet.Address, wallet.ReadCredentials(), wallet.Timeout));
        services.AddSingleton<RpcClient>();
        services.AddSingleton<IWallet>(s => new GridcoinWallet(s.GetRequiredService<RpcClient>(), wallet.Confirmations));
        services.AddSingleton<WalletGate>().AddSingleton<TransferBook>().AddSingleton<TransferRunner>();
        services.AddSingleton<SettlementDesk>().AddSingleton<Reconciler>();
        services.AddSingleton<TransactionCheck>().AddSingleton<DepositDesk>();
        services.AddSingleton<UsageCollector>().AddSingleton<ChargeBook>().AddSingleton<Acknowledger>();
        services.AddSingleton<FreezeClocks>().AddSingleton<Enforcer>().AddSingleton<StandingReader>();
        services.AddSingleton<UserRegistry>().AddSingleton<Seeder>();
        services.AddSingleton<Alarms>().AddSingleton<CreditHealth>().AddSingleton<IKillPoints, NoKillPoints>();
        services.AddSingleton<BillingCycle>().AddHostedService(s => s.GetRequiredService<BillingCycle>());
        services.AddSingleton<WalletCycle>().AddHostedService(s => s.GetRequiredService<WalletCycle>());
    }

    private static CreditDatabase OpenDatabase(string path)
    {
        try
        {
            return CreditDatabase.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or SqliteException)
        {
            throw new InvalidConfigurationException([$"credit.database: \"{path}\" cannot be used: {e.Message}"]);
        }
    }
}
