using CreditManager.Core.Ledger;
using CreditManager.Core.Tests.Ledgers;
using CreditManager.Core.Verification;

namespace CreditManager.Core.Tests;

public sealed class LedgerVerifierTests
{
    private static readonly IReadOnlyList<LedgerEntry> Entries = LedgerBuilder.Everything().Entries;

    [Fact]
    public void Next_HistoryOfEveryKind_IsRight()
    {
        Assert.Equal(9, Entries.Select(e => e.Draft.Kind).Distinct().Count());
        var verifier = new LedgerVerifier();
        Assert.All(Entries, entry => Assert.Null(verifier.Next(entry)));
        Assert.Null(verifier.Finish());
        Assert.Equal((Entries.Count, Entries[^1].Hash), ((int)verifier.Entries, verifier.LastHash));
        Assert.Equal(7, verifier.Balances.Count);
    }

    [Fact]
    public void Next_OldChargesWithoutIntervalAndAttempts_AreRight()
    {
        var old = Entries.ToList();
        foreach (var sequence in Entries.Where(e => e.Draft.Kind == LedgerKinds.Charge).Select(e => e.Sequence))
        {
            foreach (var member in new[] { "from", "to", "attempts" })
            {
                old = LedgerBuilder.Forge(old, sequence, d => d with { Details = Forgery.Edit(d.Details, member, null) });
            }
        }

        Assert.Equal((null, null), Forgery.Verify(old));
    }

    [Fact]
    public void Next_OldChargesThenNewOnes_AreRight()
    {
        var mixed = LedgerBuilder.Forge(Entries, 4, d => d with { Details = Forgery.Edit(Forgery.Edit(d.Details, "from", null), "to", null) });
        Assert.Equal((null, null), Forgery.Verify(mixed));
    }

    [Fact]
    public void Next_EntryChangedInPlace_NamesBothHashesAndTheFigure()
    {
        var line = Entries[3] with { Draft = Forgery.Amount(Entries[3].Draft, 205762) };
        var verifier = new LedgerVerifier();
        Assert.All(Entries.Take(3), entry => Assert.Null(verifier.Next(entry)));
        Assert.Equal(
            $"the line was changed after it was booked: its hash is {line.Hash}, and its content makes {LedgerChain.Hash(line)}."
            + " Besides, amount_halfords is 205762; it should be 205761, the price of 1234567 µs from 0 to 1234567 at 600 vcore-seconds per GRC.",
            verifier.Next(line));
    }

    [Fact]
    public void Next_HashAloneChanged_SaysNothingBesides()
    {
        var line = Entries[0] with { Hash = new string('a', 64) };
        Assert.Equal(
            $"the line was changed after it was booked: its hash is {line.Hash}, and its content makes {Entries[0].Hash}.", new LedgerVerifier().Next(line));
    }

    [Fact]
    public void Next_EntryLeftOut_SaysWhichShouldBeHere()
    {
        var verifier = new LedgerVerifier();
        Assert.Null(verifier.Next(Entries[0]));
        Assert.Equal("sequence is 3; it should be 2: a line is missing, doubled or out of its place.", verifier.Next(Entries[2]));
    }

    [Fact]
    public void Next_EntryDoubled_SaysWhichShouldBeHere()
    {
        var verifier = new LedgerVerifier();
        Assert.Null(verifier.Next(Entries[0]));
        Assert.Equal("sequence is 1; it should be 2: a line is missing, doubled or out of its place.", verifier.Next(Entries[0]));
    }

    [Fact]
    public void Next_EntryOfAnotherChain_SaysWhatItShouldFollow()
    {
        var verifier = new LedgerVerifier();
        Assert.Null(verifier.Next(Entries[0]));
        var other = Entries[1] with { PreviousHash = LedgerChain.FirstHash };
        Assert.Equal(
            $"previous_hash is {LedgerChain.FirstHash}; it should be {Entries[0].Hash}, the hash of the entry before: this line or the one before was exchanged.",
            verifier.Next(other));
    }

    [Fact]
    public void Next_NegativeAmount_IsNamed() => Assert.Equal(
        (3, "amount_halfords is -1; it should be at least 0."), Forgery.Of(3, d => Forgery.Amount(d, -1)));

    [Fact]
    public void Next_UnknownKind_ListsTheKnownOnes()
    {
        var (sequence, fault) = Forgery.Of(5, d => d with { Kind = "gift" });
        Assert.Equal(5, sequence);
        Assert.Equal("kind is \"gift\"; this program knows charge, attempt, refund, settlement, clearing, opening, deposit, withdrawal, adjustment.", fault);
    }

    [Theory]
    [InlineData("tariff", "details.tariff is missing.")]
    [InlineData("basis", "details.basis is missing.")]
    [InlineData("after_microseconds", "details.after_microseconds is missing.")]
    public void Next_ChargeThatLacksAMember_NamesIt(string member, string expected) =>
        Assert.Equal((4, expected), Forgery.OfDetails(4, member, null));

    [Fact]
    public void Next_NoEntries_EndsRight() => Assert.Equal((null, null), Forgery.Verify([]));

    [Fact]
    public void Next_Null_Throws() => Assert.Throws<ArgumentNullException>(() => new LedgerVerifier().Next((EntryLine)null!));
}
