using CreditManager.Core.Ledger;
using CreditManager.Core.Money;

namespace CreditManager.Core.Tests;

public sealed class DriftVerdictTests
{
    private static readonly AccountMark Seen = new(["9"], []);
    private static readonly AccountMark Mark = new(["8"], []);

    [Fact]
    public void Of_ExplainedDifference_IsADepositAndCertain()
    {
        var verdict = DriftVerdict.Of("alice", isKnown: true, new GrcAmount(5), new DriftFinding(new GrcAmount(5), "receive", Mark), Seen);
        Assert.True(verdict.Certain);
        Assert.Equal((LedgerKinds.Deposit, 5L), (Assert.Single(verdict.Drafts).Kind, verdict.Drafts[0].Amount.Halfords));
        Assert.Equal((GrcAmount.Zero, Mark), (verdict.Unexplained, verdict.Mark));
    }

    [Fact]
    public void Of_CoinsThatWent_IsAWithdrawal() =>
        Assert.Equal(
            LedgerKinds.Withdrawal,
            Assert.Single(DriftVerdict.Of("alice", isKnown: true, new GrcAmount(-5), new DriftFinding(new GrcAmount(-5), "move", Mark), Seen).Drafts).Kind);

    [Fact]
    public void Of_KnownAccountUnexplained_IsHeld()
    {
        var verdict = DriftVerdict.Of("alice", isKnown: true, new GrcAmount(5), null, Seen);
        Assert.Empty(verdict.Drafts);
        Assert.Equal((new GrcAmount(5), false, (AccountMark?)null), (verdict.Unexplained, verdict.Certain, verdict.Mark));
    }

    [Fact]
    public void Of_NewAccount_OpensWithWhatNothingExplains()
    {
        var verdict = DriftVerdict.Of("alice", isKnown: false, new GrcAmount(7), new DriftFinding(new GrcAmount(5), "receive", Mark), Seen);
        Assert.Equal([(LedgerKinds.Opening, 2L), (LedgerKinds.Deposit, 5L)], verdict.Drafts.Select(d => (d.Kind, d.Amount.Halfords)));
        Assert.Equal((GrcAmount.Zero, false, Seen), (verdict.Unexplained, verdict.Certain, verdict.Mark));
    }
}
