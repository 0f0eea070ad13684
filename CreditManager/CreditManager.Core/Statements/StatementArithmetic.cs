using System.Globalization;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Records;

namespace CreditManager.Core.Statements;

/// <summary>What single entries mean for a statement.</summary>
internal static class StatementArithmetic
{
    /// <summary>The totals with one more entry.</summary>
    /// <param name="totals">Before it.</param>
    /// <param name="draft">The entry.</param>
    /// <param name="change">By how much it changes the user's balance.</param>
    /// <param name="user">The user.</param>
    public static StatementTotals Count(StatementTotals totals, LedgerDraft draft, GrcAmount change, string user) => draft.Kind switch
    {
        LedgerKinds.Charge => totals with { Charged = totals.Charged - change },
        LedgerKinds.Refund => totals with { Refunded = totals.Refunded + change },
        LedgerKinds.Opening when change >= GrcAmount.Zero => totals with { Found = totals.Found + change },
        LedgerKinds.Deposit => totals with { Deposited = totals.Deposited + change },
        LedgerKinds.Withdrawal => totals with { Withdrawn = totals.Withdrawn - change },
        LedgerKinds.Opening or LedgerKinds.Adjustment => totals with { Adjusted = totals.Adjusted + change },
        LedgerKinds.Settlement when draft.Credit == LedgerAccounts.Wallet(user) => totals with { Received = totals.Received + change },
        LedgerKinds.Settlement => totals with { Settled = totals.Settled - change },
        _ => totals,
    };

    /// <summary>An entry as a line, without its effect.</summary>
    public static StatementLine Describe(LedgerEntry entry, EntryRecord record)
    {
        var line = new StatementLine(entry.Sequence, entry.At, entry.Draft.Kind, "", "", "", null, default, default, default, "");
        return record switch
        {
            ChargeRecord charge => line with
            {
                Function = charge.Function,
                Container = charge.Container,
                Microseconds = charge.After - charge.Before,
                Text = string.Create(CultureInfo.InvariantCulture, $"{charge.Tariff.VcoreSecondsPerGrc} vcore-seconds per GRC (tariff {charge.Tariff.Name}, version {charge.Tariff.Version})"),
            },
            AttemptRecord { Facts: var facts } attempt => line with
            {
                Function = facts.Function,
                Container = facts.ContainerId,
                Task = facts.Task,
                Microseconds = facts.AfterMicroseconds - facts.BeforeMicroseconds,
                Text = string.Create(CultureInfo.InvariantCulture, $"attempt {facts.Number}: {LedgerDetails.Word(facts.Outcome)}; {attempt.Cost} GRC, within its container's charges"),
            },
            RefundRecord refund => line with { Text = $"attempt {refund.Attempt}: {refund.Reason}" },
            SettlementRecord settlement => line with { Text = $"settlement {settlement.Settlement}" },
            CoinsRecord coins => line with { Text = coins.Text },
            _ => throw new ArgumentOutOfRangeException(nameof(record), record, null),
        };
    }
}
