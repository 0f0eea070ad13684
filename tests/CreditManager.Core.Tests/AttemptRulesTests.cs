using System.Text.Json.Nodes;
using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Tests.Ledgers;

namespace CreditManager.Core.Tests;

/// <summary>Lies about attempts and refunds, in a ledger whose hashes are right.</summary>
public sealed class AttemptRulesTests
{
    [Theory]
    [InlineData(6, "cost_halfords", 666_668, "details.cost_halfords is 666668; it should be 666667, what its parts add up to.")]
    [InlineData(6, "parts.0.halfords", 666_668, "details.parts[0].halfords is 666668; it should be 666667, the price of 4000003 µs at 600 vcore-seconds per GRC.")]
    [InlineData(6, "after_microseconds", 4_000_004, "details.after_microseconds is 4000004; it should be 4000003, where its last part ends.")]
    [InlineData(6, "before_microseconds", 1, "details.parts[0].before_microseconds is 0; it should be 1, where the part before ends.")]
    [InlineData(6, "before_microseconds", -1, "details.before_microseconds is -1; it should be 0 to 10000000000000000.")]
    [InlineData(6, "after_microseconds", -1, "details.after_microseconds is -1; it should be 0 to 10000000000000000.")]
    [InlineData(6, "number", 0, "details.number is 0; it should be 1 to 2147483647.")]
    [InlineData(6, "slot", -1, "details.slot is -1; it should be a whole number from 0 to 2147483647.")]
    [InlineData(13, "parts.1.before_microseconds", 9_500_001, "details.parts[1].before_microseconds is 9500001; it should be 9500000, where the part before ends.")]
    [InlineData(13, "parts.1.base_microseconds", 9_500_001, "details.parts[1].base_microseconds is 9500001; it should be 0 to 9500000.")]
    [InlineData(13, "parts.1.base_microseconds", -1, "details.parts[1].base_microseconds is -1; it should be 0 to 9500000.")]
    [InlineData(13, "parts.1.after_microseconds", 9_499_999, "details.parts[1].after_microseconds is 9499999; it should be 9500000 to 10000000000000000.")]
    [InlineData(13, "parts.1.vcore_seconds_per_grc", 600, "details.parts[1].vcore_seconds_per_grc is 600; it should be 7, as version 2 of tariff default was before.")]
    [InlineData(13, "parts.0.tariff_version", 0, "details.parts[0].tariff_version is 0; it should be at least 1.")]
    public void Next_NumberOfAnAttemptChanged_IsFoundThere(long sequence, string member, long value, string expected) =>
        Assert.Equal((sequence, expected), Forgery.OfDetails(sequence, member, value));

    [Fact]
    public void Next_AttemptWithoutParts_IsNamed()
    {
        Assert.Equal((6, "details.parts is empty; it should hold at least one part."), Forgery.OfDetails(6, "parts", new JsonArray()));
        Assert.Equal((6, "details.parts is a list; it should be a list of objects."), Forgery.OfDetails(6, "parts", new JsonArray(1)));
    }

    [Fact]
    public void Next_AttemptWithAnAmount_IsNamed() => Assert.Equal(
        (6, "amount_halfords is 1; it should be 0: an attempt's usage is charged to its container."), Forgery.Of(6, d => Forgery.Amount(d, 1)));

    [Fact]
    public void Next_AttemptOfAnotherUser_IsNamed()
    {
        Assert.Equal((6, "debit is \"owed:alice\"; it should be \"owed:bob\"."), Forgery.OfDetails(6, "user", "bob"));
        Assert.Equal((6, "credit is \"outside\"; it should be \"claims\"."), Forgery.Of(6, d => d with { Credit = "outside" }));
    }

    [Fact]
    public void Next_UnknownOutcome_ListsTheKnownOnes() => Assert.Equal(
        (6, "details.outcome is \"lucky\"; it should be succeeded, failed, capped, aborted_for_debt, platform_fault."), Forgery.OfDetails(6, "outcome", "lucky"));

    [Fact]
    public void Next_SameAttemptTwice_IsNamed() => Assert.Equal(
        (13, "details.attempt is \"a-1\", which an entry before is about; an attempt is booked once."), Forgery.OfDetails(13, "attempt", "a-1"));

    [Fact]
    public void Next_EveryOutcome_IsRead()
    {
        var ledger = new LedgerBuilder();
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
        {
            ledger.Attempt($"a-{outcome}", "c", 0, 1, outcome);
        }

        Assert.Equal((null, null), Forgery.Verify(ledger.Entries));
    }

    [Theory]
    [InlineData(3_773_809, "amount_halfords is 3773809; it should be 1 to 3773808.")]
    [InlineData(0, "amount_halfords is 0; it should be 1 to 3773808.")]
    [InlineData(3_773_808, null)]
    [InlineData(1, null)]
    public void Next_RefundOfAnAmount_IsAtMostTheCost(long halfords, string? expected) =>
        Assert.Equal(expected, Forgery.Of(14, d => Forgery.Amount(d, halfords)).Fault);

    [Theory]
    [InlineData("attempt", "a-9", "details.attempt is \"a-9\"; it should be an attempt that an entry before is about.")]
    [InlineData("attempt", "a-1", "details.attempt is \"a-1\", which ended as succeeded; it should be one that ended as platform_fault.")]
    [InlineData("reason", "kindness", "details.reason is \"kindness\"; it should be \"platform_fault\".")]
    public void Next_RefundWithoutRight_IsNamed(string member, string value, string expected) =>
        Assert.Equal((14, expected), Forgery.OfDetails(14, member, value));

    [Fact]
    public void Next_RefundToAnother_IsNamed()
    {
        Assert.Equal((14, "credit is \"owed:bob\"; it should be \"owed:alice\"."), Forgery.Of(14, d => d with { Credit = "owed:bob" }));
        Assert.Equal((14, "debit is \"outside\"; it should be \"claims\"."), Forgery.Of(14, d => d with { Debit = "outside" }));
    }

    [Fact]
    public void Next_SecondRefund_IsNamed()
    {
        var ledger = new LedgerBuilder().Attempt("a", "c", 0, 1_000, AttemptOutcome.PlatformFault).Refund("a", 5).Refund("a", 5);
        Assert.Equal((3, "details.attempt is \"a\", which was paid back before; an attempt is paid back once."), Forgery.Verify(ledger.Entries));
    }

    [Fact]
    public void Next_RefundOfAnAttemptThatCostNothing_IsNamed()
    {
        var ledger = new LedgerBuilder().Attempt("a", "c", 0, 0, AttemptOutcome.PlatformFault).Refund("a", 1);
        Assert.Equal((2, "amount_halfords is 1; it should be 1 to 0."), Forgery.Verify(ledger.Entries));
        Assert.Equal(LedgerKinds.Refund, ledger.Entries[1].Draft.Kind);
    }
}
