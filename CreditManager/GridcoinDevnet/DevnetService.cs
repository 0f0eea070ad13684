using GridcoinDevnet.Rpc;
using GridcoinDevnet.Testing;
using GridcoinDevnet.Wallet;
using ServiceDefaults;

namespace GridcoinDevnet;

/// <summary>A wallet for development: answers like gridcoinresearchd's RPC interface, with accounts and moves but without a chain.</summary>
internal static class DevnetService
{
    public static async Task RunAsync(string[] args)
    {
        await using var app = Build(PlatformConfiguration.Load(args));
        await app.RunAsync();
    }

    /// <summary>The service, not started yet; its journal is open from here on.</summary>
    /// <exception cref="InvalidConfigurationException">Settings that cannot be followed, or a journal that cannot be used.</exception>
    public static WebApplication Build(PlatformConfiguration configuration, Action<IServiceCollection>? overrides = null)
    {
        var options = configuration.Bind<DevnetOptions>("devnet");
        configuration.ThrowIfInvalid();
        var api = new ApiOptions { Listen = options.Listen, RequireToken = false };
        var builder = PlatformHost.CreateBuilder(api);
        builder.Services.AddSingleton(_ => OpenBook(options));
        builder.Services.AddSingleton<FaultPlan>().AddSingleton<CallCounts>();
        builder.Services.AddSingleton<RpcMethods>();
        builder.Services.AddSingleton<RpcServer>();
        overrides?.Invoke(builder.Services);

        var app = builder.Build().UsePlatformDefaults(api, "gridcoin-devnet");
        // A journal that cannot be used must stop the start, not the first call.
        _ = app.Services.GetRequiredService<WalletBook>();
        app.UseBasicAuthentication(RpcCredentials.Read(options.CredentialsFile!));
        app.MapPost("/", (HttpContext context, RpcServer server) => server.AnswerAsync(context));
        if (options.TestEndpoints)
        {
            app.MapFaults();
            app.MapChain();
        }

        return app;
    }

    private static WalletBook OpenBook(DevnetOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.StateDirectory!);
            return WalletBook.Open(Path.Combine(options.StateDirectory!, "wallet.journal"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InvalidConfigurationException([$"devnet.state_directory: {e.Message}"]);
        }
    }
}
