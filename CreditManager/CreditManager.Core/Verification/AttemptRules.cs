using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>Every attempt is there once, costs what its parts cost, and is paid back at most once and only where the platform was at fault.</summary>
internal sealed class AttemptRules(PriceBook prices)
{
    private const string Place = "details.";
    private static readonly string Refundable = LedgerDetails.Word(AttemptOutcome.PlatformFault);

    private readonly Dictionary<UInt128, Known> _known = [];

    public string? Check(LedgerDraft draft, AttemptRecord attempt)
    {
        var facts = attempt.Facts;
        return Expect.Equal("amount_halfords", draft.Amount.Halfords, 0, ": an attempt's usage is charged to its container")
            ?? Expect.Accounts(draft, LedgerAccounts.Owed(facts.User), LedgerAccounts.Claims)
            ?? AttemptCost.Check(attempt, prices)
            ?? (_known.TryAdd(Fingerprint.Of(facts.AttemptId), new Known(facts.User, facts.Outcome, attempt.Cost.Halfords, Refunded: false))
                ? null
                : $"{Place}attempt is \"{facts.AttemptId}\", which an entry before is about; an attempt is booked once.");
    }

    public string? Check(LedgerDraft draft, RefundRecord refund)
    {
        var id = Fingerprint.Of(refund.Attempt);
        if (!_known.TryGetValue(id, out var attempt))
        {
            return $"{Place}attempt is \"{refund.Attempt}\"; it should be an attempt that an entry before is about.";
        }

        _known[id] = attempt with { Refunded = true };
        return attempt switch
        {
            { Refunded: true } => $"{Place}attempt is \"{refund.Attempt}\", which was paid back before; an attempt is paid back once.",
            { Outcome: not AttemptOutcome.PlatformFault } =>
                $"{Place}attempt is \"{refund.Attempt}\", which ended as {LedgerDetails.Word(attempt.Outcome)}; it should be one that ended as {Refundable}.",
            _ => Expect.Equal(Place + "reason", refund.Reason, Refundable)
                ?? Expect.Accounts(draft, LedgerAccounts.Claims, LedgerAccounts.Owed(attempt.User))
                ?? Expect.Between("amount_halfords", draft.Amount.Halfords, 1, attempt.Cost),
        };
    }

    private sealed record Known(string User, AttemptOutcome Outcome, long Cost, bool Refunded);
}
