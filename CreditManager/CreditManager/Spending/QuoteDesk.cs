using CreditManager.Api;
using CreditManager.Contracts;
using CreditManager.Core.Money;
using CreditManager.Core.Spending;
using CreditManager.Standings;
using CreditManager.Storage;

namespace CreditManager.Spending;

/// <summary>Says what a task is likely to take and cost, before it is dropped.</summary>
internal sealed class QuoteDesk(CreditDatabase database, TimeProvider time)
{
    /// <summary>How many attempts are looked at: enough for a percentile, few enough to follow a task that changes.</summary>
    private const int MostAttempts = 200;

    private const int Half = 50;
    private const int NineInTen = 90;

    /// <summary>The quote; null for an unknown user.</summary>
    public Quote? Find(string user, string function) => database.Read(db =>
    {
        if (db.FindUser(user) is not { } found)
        {
            return null;
        }

        var tariff = db.FindTariff(found.Tariff, time.GetUtcNow())!;
        var position = UserPosition.Of(found, db.WalletOf(user), db.UnsettledOf(user));
        var attempts = db.ListSucceeded(user, function, MostAttempts);
        var median = TaskEstimates.At(attempts, Half, tariff.Tariff);
        return new Quote(
            user,
            function,
            attempts.Count,
            View(median),
            View(TaskEstimates.At(attempts, NineInTen, tariff.Tariff)),
            TariffBook.View(tariff),
            position.Balance.Halfords,
            median is null ? null : TaskEstimates.Affordable(position.Balance, median.Cost),
            Pricing.Affordable(position.Balance, tariff.Tariff.VcoreSecondsPerGrc));
    });

    private static TaskEstimate? View(TaskFigures? figures) =>
        figures is null ? null : new TaskEstimate(figures.UsageMicroseconds, (long)figures.Wall.TotalMilliseconds, figures.Cost.Halfords);
}
