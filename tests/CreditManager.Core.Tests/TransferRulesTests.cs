using CreditManager.Core.Money;
using CreditManager.Core.Transfers;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class TransferRulesTests
{
    private static readonly Dictionary<(TransferState, TransferEvent), TransferState> Legal = new()
    {
        [(TransferState.Planned, TransferEvent.Send)] = TransferState.Sent,
        [(TransferState.Sent, TransferEvent.Seen)] = TransferState.Confirmed,
        [(TransferState.Sent, TransferEvent.Absent)] = TransferState.Planned,
        [(TransferState.Sent, TransferEvent.Unclear)] = TransferState.Sent,
    };

    [Fact]
    public void Next_EveryPair_IsTheLegalStateOrThrows()
    {
        foreach (var state in Enum.GetValues<TransferState>())
        {
            foreach (var happened in Enum.GetValues<TransferEvent>())
            {
                if (Legal.TryGetValue((state, happened), out var next))
                {
                    Assert.Equal(next, TransferRules.Next(state, happened));
                }
                else
                {
                    Assert.Throws<InvalidOperationException>(() => TransferRules.Next(state, happened));
                }
            }
        }
    }

    [Theory]
    [InlineData(4, 100, 0)]
    [InlineData(5, 100, 5)]
    [InlineData(14, 100, 10)]
    [InlineData(100, 13, 10)]
    [InlineData(100, -13, 0)]
    [InlineData(-100, 100, 0)]
    public void AmountToSettle_OwedAndOwned_IsWholeBlocksOfWhatIsThere(long unsettled, long wallet, long amount) =>
        Assert.Equal(amount, TransferRules.AmountToSettle(new GrcAmount(unsettled), new GrcAmount(wallet), new GrcAmount(5)).Halfords);

    [Fact]
    public void AmountToSettle_Anything_NeverExceedsDebtOrCoins() => Prop.ForAll(
        ArbMap.Default.ArbFor<long>(),
        ArbMap.Default.ArbFor<long>(),
        Seeded.Between(1, 1_000_000).ToArbitrary(),
        (unsettled, wallet, block) =>
        {
            var amount = TransferRules.AmountToSettle(new GrcAmount(unsettled), new GrcAmount(wallet), new GrcAmount(block)).Halfords;
            return amount >= 0 && amount % block == 0 && amount <= Math.Max(unsettled, 0) && amount <= Math.Max(wallet, 0)
                && Math.Max(Math.Min(unsettled, wallet), 0) - amount < block;
        }).Check(Seeded.Config);

    [Fact]
    public void AmountToSettle_NoBlock_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TransferRules.AmountToSettle(new GrcAmount(5), new GrcAmount(5), GrcAmount.Zero));

    [Fact]
    public void Comment_Transfer_NamesPurposeAndId()
    {
        var transfer = new Transfer("x1", TransferPurpose.Settlement, "alice", "alice", "provider", new GrcAmount(5), TransferState.Planned);
        Assert.Equal("settlement:x1", transfer.Comment);
        Assert.Equal("deposit:x1", (transfer with { Purpose = TransferPurpose.Deposit }).Comment);
    }
}
