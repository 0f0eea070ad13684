using System.Globalization;
using CreditManager.Health;
using PlatformHarness;

namespace Benchmarks.Chaos;

/// <summary>What goes wrong in a round, by chance: a wallet fault, a service killed at any moment, CreditManager killed at a named point.</summary>
internal sealed class Disturbances(Platform platform, Random random)
{
    private const double FaultShare = 0.7;
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(5);
    private static readonly string[] Points = [.. KillPoint.All];

    private int _kills;
    private int _faults;

    public int Kills => _kills;

    public int Faults => _faults;

    public string Summary => $"{_kills} kills, {_faults} wallet faults";

    /// <summary>Any time up to <paramref name="most"/>.</summary>
    public TimeSpan Next(TimeSpan most) => most * random.NextDouble();

    public async Task CauseAsync(CancellationToken cancellationToken)
    {
        if (random.NextDouble() < FaultShare)
        {
            await platform.Wallet.BreakAsync(WalletFaults.Any(random));
            _faults++;
        }

        await Task.Delay(Next(TimeSpan.FromMilliseconds(500)), TimeProvider.System, cancellationToken);
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                await KillAtPointAsync();
                break;
            case 3 or 4:
                await KillAsync(platform.CreditService);
                break;
            case 5:
                await KillAsync(platform.ScalerService);
                break;
            case 6:
                await KillAsync(platform.ManagerService);
                break;
            case 7:
                await KillAsync(platform.Devnet);
                break;
            case 8:
                await KillAsync(platform.CreditService, platform.Devnet);
                break;
            default:
                await KillAsync(platform.CreditService, platform.ScalerService, platform.ManagerService);
                break;
        }
    }

    /// <summary>Lets everything be well again.</summary>
    public Task EndAsync() => platform.Wallet.MendAsync();

    /// <summary>CreditManager ends itself by SIGKILL at a named point on its way; where it does not come there in time, it is killed.</summary>
    private async Task KillAtPointAsync()
    {
        await platform.CreditService.KillAsync();
        var point = string.Create(CultureInfo.InvariantCulture, $"{Points[random.Next(Points.Length)]}:{random.Next(1, 4)}");
        await platform.CreditService.StartUntilEndAsync(LongestLife, ("SCP_CREDIT__KILL_AT", point));
        await KillAsync(platform.CreditService);
        _kills++;
    }

    private async Task KillAsync(params ServiceProcess[] services)
    {
        _kills += services.Length;
        await Task.WhenAll(services.Select(s => s.KillAsync()));
        await Task.WhenAll(services.Select(s => s.StartAsync()));
    }
}
