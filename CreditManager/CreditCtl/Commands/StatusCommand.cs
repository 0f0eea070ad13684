using System.CommandLine;
using CreditCtl.Connections;
using CreditCtl.Hosting;
using CreditCtl.Output;
using CreditManager.Contracts;

namespace CreditCtl.Commands;

/// <summary><c>status</c>.</summary>
internal static class StatusCommand
{
    public static Command Build(Terminal terminal) => Query.Build(
        terminal,
        "status",
        "Whether billing and the wallet work: last cycle, open settlements, Scalers, alarms, and accounts that are held.",
        [],
        (api, _, cancellationToken) => api.GetStatusAsync(cancellationToken),
        (screen, status) => Print(screen, status, terminal.Time.GetUtcNow()));

    private static void Print(Screen screen, CreditStatus status, DateTimeOffset now)
    {
        screen.Facts(
            ("wallet", status.WalletReachable ? status.WalletError is { } error ? $"answers, and complains: {error}" : "answers" : $"does not answer: {status.WalletError}"),
            ("provider", Figures.Grc(status.ProviderHalfords)),
            ("billing", status.LastCycleAt is { } at ? $"last cycle {Figures.Time(at)}, {Ago(now - at)}" : "no cycle has ended yet"),
            ("settlements", status.OpenSettlements == 0 ? "none open" : $"{status.OpenSettlements} open"),
            ("Scalers", status.UnreachableScalers.Count == 0 ? "all answer" : $"{status.UnreachableScalers.Count} did not answer"));
        foreach (var scaler in status.UnreachableScalers)
        {
            screen.Warning($"Scaler {scaler}");
        }

        foreach (var alarm in status.Alarms)
        {
            screen.Warning($"Alarm: {alarm}");
        }

        foreach (var hold in status.Holds ?? [])
        {
            screen.Warning(
                $"Held: nothing is settled from account {hold.Account}; since {Figures.Time(hold.Since)} the wallet holds {Difference(hold.DifferenceHalfords)} than the ledger says. "
                + $"When you know why: creditctl drift accept {hold.Account} --difference={Figures.Amount(hold.DifferenceHalfords)} --reason TEXT");
        }

        if (status.Alarms.Count == 0 && status.Holds is null or { Count: 0 })
        {
            screen.Line("No alarms.");
        }
    }

    private static string Difference(long halfords) =>
        halfords < 0 ? $"{Figures.Amount(halfords)[1..]} GRC less" : $"{Figures.Amount(halfords)} GRC more";

    private static string Ago(TimeSpan time) => time < TimeSpan.Zero ? "by its clock, which is ahead of this machine's" : $"{Figures.Duration(time)} ago";
}
