using ContainerManager.Functions;
using CreditManager.Contracts;
using ServiceDefaults.Client;

namespace ContainerManager.Billing;

/// <summary>Asks CreditManager how the users stand, again and again, and wakes the functions that it concerns.</summary>
internal sealed partial class StandingsMonitor(
    ICreditApi credit, StandingBook book, FunctionDirectory functions, ManagerOptions options, TimeProvider time, ILogger<StandingsMonitor> logger)
    : BackgroundService
{
    private static readonly TimeSpan PricePeriod = TimeSpan.FromSeconds(10);

    private long? _pricedAt;
    private bool _reached = true;

    internal async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        var wasFresh = book.IsFresh;
        try
        {
            var changed = book.Update(await credit.ListStandingsAsync(cancellationToken).ConfigureAwait(false));
            await UpdatePricesAsync(changed, cancellationToken).ConfigureAwait(false);
            Wake(f => !wasFresh || changed.Contains(f.Row.User));
            LogReached(true, "");
        }
        catch (ApiException e)
        {
            LogReached(false, e.Message);
            if (wasFresh != book.IsFresh || !wasFresh)
            {
                Wake(_ => true);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Poll, time);
        do
        {
            await RunCycleAsync(stoppingToken).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task UpdatePricesAsync(IReadOnlySet<string> changed, CancellationToken cancellationToken)
    {
        var isDue = _pricedAt is not { } at || time.GetElapsedTime(at) >= PricePeriod;
        if (isDue || changed.Any(user => !book.Prices.Knows(user)))
        {
            var users = await credit.ListUsersAsync(cancellationToken).ConfigureAwait(false);
            book.Prices = PriceList.Of(users, await credit.ListTariffsAsync(cancellationToken).ConfigureAwait(false));
            _pricedAt = time.GetTimestamp();
        }
    }

    private void Wake(Func<FunctionContext, bool> concerned)
    {
        foreach (var function in functions.All.Where(concerned))
        {
            function.Changed.Set();
        }
    }

    private void LogReached(bool reached, string why)
    {
        if (reached != _reached)
        {
            _reached = reached;
            if (reached)
            {
                LogBillingBack();
            }
            else
            {
                LogBillingAway(why);
            }
        }
    }
}
