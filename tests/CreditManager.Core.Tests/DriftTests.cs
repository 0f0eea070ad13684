using CreditManager.Core.Ledger;
using CreditManager.Core.Money;

namespace CreditManager.Core.Tests;

public sealed class DriftTests
{
    [Fact]
    public void Explain_NewestByOtherHands_AreNamed()
    {
        ListedTransaction[] listed = [new(new GrcAmount(5), "move a", false), new(new GrcAmount(-9), "ours", true), new(new GrcAmount(2), "move b", false), new(new GrcAmount(100), "old", false)];
        Assert.Equal("0.00000005 GRC move a; 0.00000002 GRC move b", Drift.Explain(new GrcAmount(7), listed));
        Assert.Equal("0.00000005 GRC move a", Drift.Explain(new GrcAmount(5), listed));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-4)]
    [InlineData(-5)]
    public void Explain_NothingAddsUp_IsNull(long difference) =>
        Assert.Null(Drift.Explain(new GrcAmount(difference), [new(new GrcAmount(5), "move", false), new(new GrcAmount(-9), "ours", true)]));

    [Fact]
    public void Explain_OlderDepositThatNowCounts_IsFoundBehindNewerOnes() =>
        Assert.Equal(
            "0.0000003 GRC receive",
            Drift.Explain(new GrcAmount(30), [new(new GrcAmount(5), "move", false), new(new GrcAmount(30), "receive", false)]));

    [Fact]
    public void Explain_ThousandsOfTransactions_StaysShort()
    {
        var listed = Enumerable.Repeat(new ListedTransaction(new GrcAmount(1), "move with a long comment", false), 1000);
        Assert.True(Drift.Explain(new GrcAmount(1000), listed)!.Length <= 501);
    }
}
