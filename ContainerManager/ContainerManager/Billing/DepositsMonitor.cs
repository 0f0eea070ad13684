using ContainerManager.Contracts;
using ContainerManager.Core;
using ContainerManager.Functions;
using CreditManager.Contracts;
using ServiceDefaults.Client;

namespace ContainerManager.Billing;

/// <summary>Asks CreditManager for top-ups on their way: every second for a few of the users, so that many users cost no more than few.</summary>
internal sealed class DepositsMonitor(ICreditApi credit, DepositBook book, FunctionDirectory functions, TimeProvider time) : BackgroundService
{
    private const int UsersAtOnce = 5;
    private const int MostShown = 20;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, long> _askedAt = new(StringComparer.Ordinal);

    /// <summary>Asks for those who were asked for longest ago.</summary>
    internal async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        var users = functions.All.Select(f => f.Row.User).Distinct(StringComparer.Ordinal)
            .Where(u => !_askedAt.TryGetValue(u, out var at) || time.GetElapsedTime(at) >= Fresh)
            .OrderBy(u => _askedAt.GetValueOrDefault(u, long.MinValue))
            .Take(UsersAtOnce)
            .ToList();
        foreach (var user in users)
        {
            _askedAt[user] = time.GetTimestamp();
            await AskAsync(user, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await RunCycleAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private static PendingDeposit View(DepositView deposit) => new(
        deposit.Reference, GrcText.ToGrc(deposit.AmountHalfords), deposit.Confirmations, deposit.NeededConfirmations, deposit.ExpectedSeconds, deposit.Reason);

    private async Task AskAsync(string user, CancellationToken cancellationToken)
    {
        try
        {
            var deposits = await credit.ListDepositsAsync(user, cancellationToken).ConfigureAwait(false);
            if (book.Update(user, [.. deposits.Where(d => d.Result == DepositResult.Pending).Take(MostShown).Select(View)]))
            {
                Wake(user);
            }
        }
        catch (ApiException)
        {
            // A user that CreditManager does not know, or CreditManager away: both are told where they matter, and this only adds to the status.
        }
    }

    private void Wake(string user)
    {
        foreach (var function in functions.All.Where(f => f.Row.User == user))
        {
            function.Changed.Set();
        }
    }
}
