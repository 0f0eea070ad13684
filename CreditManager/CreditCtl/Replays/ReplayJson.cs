using System.Text.Json;
using CreditManager.Core.Replay;
using ServiceDefaults.Client;

namespace CreditCtl.Replays;

/// <summary>A replay for programs: amounts in halfords, times in seconds and microseconds as the names say.</summary>
internal static class ReplayJson
{
    public static string Of(ReplayResult result) => JsonSerializer.Serialize(
        new
        {
            result.From,
            result.To,
            Users = result.Users.Select(u => new
            {
                u.User,
                Recorded = View(u.Recorded),
                Replayed = View(u.Replayed),
                u.LostCharges,
                u.LostMicroseconds,
                u.UnpricedMemory,
            }),
            Sum = new
            {
                RecordedChargedHalfords = result.Charged.Recorded.Halfords,
                ReplayedChargedHalfords = result.Charged.Replayed.Halfords,
                RecordedRefundedHalfords = result.Refunded.Recorded.Halfords,
                ReplayedRefundedHalfords = result.Refunded.Replayed.Halfords,
                result.LostMicroseconds,
            },
        },
        ApiJson.Tolerant);

    private static object View(AccountFigures figures) => new
    {
        ChargedHalfords = figures.Charged.Halfords,
        RefundedHalfords = figures.Refunded.Halfords,
        ClosingHalfords = figures.Closing.Halfords,
        LowestHalfords = figures.Lowest.Halfords,
        figures.LowestAt,
        InDebtSeconds = (decimal)figures.InDebt.Ticks / TimeSpan.TicksPerSecond,
        figures.InDebtSince,
        ExhaustedSeconds = (decimal)figures.Exhausted.Ticks / TimeSpan.TicksPerSecond,
        figures.ExhaustedSince,
        figures.Settlements,
        SettledHalfords = figures.Settled.Halfords,
    };
}
