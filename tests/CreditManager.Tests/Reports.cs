using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Receipts;

namespace CreditManager.Tests;

/// <summary>Reports of attempts as ContainerManager sends them, and what is expected of the answers.</summary>
internal static class Reports
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An attempt of alice's function <c>work</c> that runs in slot 0 of container <c>c1</c>.</summary>
    public static AttemptReport Running(string id = "a-1", string user = "alice", string task = "in/1.txt", int number = 1, long before = 0) => new(
        id, user, "work", task, number, "c1", 0, Start, before, new string('1', 64), new string('2', 64), new string('3', 64));

    /// <summary>The same attempt once it has ended.</summary>
    public static AttemptReport Ended(this AttemptReport report, long after, AttemptEnding ending = AttemptEnding.Succeeded, int seconds = 10) =>
        report with { End = new AttemptEnd(ending, report.StartedAt.AddSeconds(seconds), after) };

    /// <summary>Sends one report.</summary>
    public static async Task<AttemptAnswer> ReportAsync(this RunningCredit credit, AttemptReport report) =>
        Assert.Single(await credit.Api.ReportAttemptsAsync([report]));

    /// <summary>A ledger entry as the core has it.</summary>
    public static LedgerEntry ToEntry(this LedgerEntryView view) => new(
        view.Sequence,
        view.At,
        new LedgerDraft(view.Kind, view.Debit, view.Credit, new GrcAmount(view.AmountHalfords), view.Details),
        view.PreviousHash,
        view.Hash);

    /// <summary>What is wrong with a receipt, as somebody finds who has nothing but it and the provider's key.</summary>
    public static string? FindFault(this SignedReceipt receipt, ProviderKey key)
    {
        var hash = LedgerChain.Hash(receipt.Entry.ToEntry());
        return hash != receipt.Entry.Hash ? "the entry was changed"
            : receipt.KeyId != key.KeyId ? "another key"
            : new TextSignature(receipt.KeyId, receipt.PublicKey, receipt.Signature).FindFault(ReceiptText.Of(receipt.Provider, hash));
    }
}
