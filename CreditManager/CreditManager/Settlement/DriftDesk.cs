using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Storage;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>Takes a person's word for a difference that no transaction explains.</summary>
internal sealed class DriftDesk(
    CreditDatabase database,
    CreditOptions options,
    WalletGate gate,
    AccountList accounts,
    Reconciler reconciler,
    HoldBook holds,
    IKillPoints killPoints,
    TimeProvider time)
{
    private const int LongestReason = 200;

    /// <summary>Everything that is wrong with an acceptance, one sentence each.</summary>
    public static IEnumerable<string> Validate(DriftAcceptance acceptance)
    {
        if (string.IsNullOrWhiteSpace(acceptance.Reason) || acceptance.Reason.Length > LongestReason || acceptance.Reason.Any(char.IsControl))
        {
            yield return $"reason: \"{acceptance.Reason}\" is not allowed; allowed: 1 to {LongestReason} characters on one line.";
        }

        if (acceptance.DifferenceHalfords == 0)
        {
            yield return "difference_halfords: 0 is not allowed; allowed: the difference that was looked into.";
        }
    }

    /// <summary>Whether there is such an account to compare.</summary>
    public bool Knows(string account) => account == options.Provider || database.Read(db => db.FindUser(account)) is not null;

    /// <summary>Books the difference; why it cannot be, or null.</summary>
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task<string?> AcceptAsync(string account, DriftAcceptance acceptance, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        var before = await accounts.ReadAsync(cancellationToken);
        var position = database.Read(db => AccountPosition.List(db, options.Provider, before)).FirstOrDefault(p => p.Account == account);
        if (position is null)
        {
            return $"a transfer of wallet account {account} is on its way; ask again when it has arrived.";
        }

        var verdict = await reconciler.ExamineAsync(position, cancellationToken);
        if ((await accounts.ReadAsync(cancellationToken)).GetValueOrDefault(account) != position.Wallet)
        {
            return $"wallet account {account} changes at this moment; look at it again.";
        }

        if (verdict.Unexplained != new GrcAmount(acceptance.DifferenceHalfords))
        {
            return verdict.Unexplained == GrcAmount.Zero
                ? $"wallet account {account} has no unexplained difference; there is nothing to accept."
                : $"difference_halfords: {acceptance.DifferenceHalfords} is not what wallet account {account} differs by; it is {verdict.Unexplained.Halfords} by now.";
        }

        Book(verdict, acceptance.Reason);
        return null;
    }

    private void Book(DriftVerdict verdict, string reason)
    {
        var accepted = Bookings.Difference(LedgerKinds.Adjustment, verdict.Account, verdict.Unexplained, reason);
        killPoints.Pass(KillPoint.BeforeAcceptance);
        database.Write(db => (verdict with
        {
            Drafts = [.. verdict.Drafts, accepted],
            Unexplained = GrcAmount.Zero,
            Mark = verdict.Mark ?? verdict.Seen,
        }).Save(db, time.GetUtcNow()));
        killPoints.Pass(KillPoint.AfterAcceptance);
        holds.Announce();
    }
}
