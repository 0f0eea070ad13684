using CreditManager.Alerts;
using CreditManager.Api;
using CreditManager.Attempts;
using CreditManager.Billing;
using CreditManager.Core.Attempts;
using CreditManager.Deposits;
using CreditManager.Health;
using CreditManager.Hosting;
using CreditManager.Metrics;
using CreditManager.Options;
using CreditManager.Receipts;
using CreditManager.Settlement;
using CreditManager.Spending;
using CreditManager.Standings;
using CreditManager.Storage;
using CreditManager.Wallets;
using CreditManager.Wallets.Gridcoin;
using Scaler.Contracts;
using ServiceDefaults;

namespace CreditManager;

/// <summary>Users, what they own and owe, and what they may do. See <see cref="Contracts.ICreditApi"/>.</summary>
internal static class CreditService
{
    public static async Task RunAsync(string[] args)
    {
        await using var app = Build(PlatformConfiguration.Load(args));
        // Taken now: a service that has ended has no database to ask any more.
        var lost = app.Services.GetRequiredService<CreditDatabase>().Lost;
        using var stop = lost.Register(app.Lifetime.StopApplication);
        await app.RunAsync();
        if (lost.IsCancellationRequested)
        {
            throw new InvalidConfigurationException(["credit.connection_string: another CreditManager took this database over; allowed: one CreditManager for each database."]);
        }
    }

    /// <summary>The service, not started yet; its database is open from here on, and users and tariffs of the configuration exist.</summary>
    /// <exception cref="InvalidConfigurationException">Settings that cannot be followed.</exception>
    public static WebApplication Build(PlatformConfiguration configuration, Action<IServiceCollection>? overrides = null)
    {
        var api = configuration.Bind<ApiOptions>("api");
        var credit = configuration.Bind<CreditOptions>("credit");
        var wallet = configuration.Bind<WalletOptions>("wallet");
        var alerts = configuration.Bind<AlertOptions>("alerts");
        var scalers = configuration.BindList<ServiceOptions>("scalers");
        var users = configuration.BindList<UserOptions>("users");
        configuration.ThrowIfInvalid();

        var builder = PlatformHost.CreateBuilder(api);
        builder.Services.AddSingleton(credit).AddSingleton(wallet).AddSingleton(alerts);
        builder.Services.AddSingleton<IReadOnlyList<ScalerConnection>>(
            [.. scalers.Select(s => new ScalerConnection(s.Address!.ToString(), new ScalerClient(s.Open(credit.ScalerTimeout))))]);
        AddServices(builder.Services, credit, wallet);
        overrides?.Invoke(builder.Services);

        var app = builder.Build().UsePlatformDefaults(api, "credit-manager");
        app.Services.GetRequiredService<Seeder>().Seed(users);
        app.Services.GetRequiredService<ReceiptBook>().Recall();
        app.Services.GetRequiredService<AttemptIntake>().Recall();
        app.UseDatabaseFailures();
        app.MapUsers();
        app.MapAttempts();
        app.MapSpending();
        app.MapMoney();
        app.MapWallet();
        return app;
    }

    private static void AddServices(IServiceCollection services, CreditOptions credit, WalletOptions wallet)
    {
        services.AddSingleton(_ => DatabaseOpener.Open(credit));
        services.AddSingleton(_ => new RpcTransport(wallet.Address, wallet.ReadCredentials(), wallet.Timeout));
        services.AddSingleton<RpcClient>();
        services.AddSingleton<CreditMetrics>().AddSingleton<StateMetrics>();
        services.AddSingleton<IWallet>(s => ActivatorUtilities.CreateInstance<MeasuredWallet>(s, new GridcoinWallet(s.GetRequiredService<RpcClient>(), wallet.Confirmations)));
        services.AddSingleton<WalletGate>().AddSingleton<TransferBook>().AddSingleton<TransferRunner>();
        services.AddSingleton<TransferFinder>().AddSingleton<SentTransfers>().AddSingleton<SettlementDesk>();
        services.AddSingleton<AccountList>().AddSingleton<AccountHistory>().AddSingleton<HoldBook>().AddSingleton<Reconciler>().AddSingleton<DriftDesk>();
        services.AddSingleton<TransactionCheck>().AddSingleton<DepositDesk>().AddSingleton<IncomingBoard>().AddSingleton<DepositBoard>();
        services.AddSingleton<UsageCollector>().AddSingleton<RunningAttempts>().AddSingleton<ChargeBook>().AddSingleton<Acknowledger>();
        services.AddSingleton(s => ProviderSigner.Open(credit));
        services.AddSingleton<ReceiptBook>().AddSingleton<LedgerExport>().AddSingleton<AttemptIntake>();
        services.AddSingleton<SpendMeter>().AddSingleton<QuoteDesk>().AddSingleton<AlertWatch>();
        services.AddSingleton<FreezeClocks>().AddSingleton<Enforcer>().AddSingleton<StandingReader>();
        services.AddSingleton<UserRegistry>().AddSingleton<TariffBook>().AddSingleton<Seeder>();
        services.AddSingleton<Alarms>().AddSingleton<CreditHealth>();
        services.AddSingleton<IKillPoints>(credit.KillAddress is { } address ? new SuddenDeath(address) : new NoKillPoints());
        services.AddSingleton<BillingCycle>().AddHostedService(s => s.GetRequiredService<BillingCycle>());
        services.AddSingleton<AlertSender>().AddHostedService(s => s.GetRequiredService<AlertSender>());
        services.AddSingleton<WalletCycle>().AddHostedService(s => s.GetRequiredService<WalletCycle>());
    }
}
