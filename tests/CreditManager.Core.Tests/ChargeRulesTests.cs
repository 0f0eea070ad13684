using System.Text.Json.Nodes;
using CreditManager.Core.Metering;
using CreditManager.Core.Tests.Ledgers;

namespace CreditManager.Core.Tests;

/// <summary>Lies about usage and prices, in a ledger whose hashes are right.</summary>
public sealed class ChargeRulesTests
{
    [Theory]
    [InlineData(4, "user", "bob", "debit is \"owed:alice\"; it should be \"owed:bob\".")]
    [InlineData(5, "function", "other", "details.function is \"other\"; it should be \"work\", which container c1 runs.")]
    [InlineData(5, "basis", "allocated", "details.basis is \"Allocated\"; it should be \"Used\", as for container c1 before.")]
    [InlineData(5, "basis", "guessed", "details.basis is \"guessed\"; it should be used or allocated.")]
    [InlineData(5, "container", "c9", "details.before_microseconds is 1234567; it should be 0: it is the container's first charge.")]
    [InlineData(5, "from", "2026-01-01T00:00:00.500000Z", "details.from is \"2026-01-01T00:00:00.500000Z\"; it should be \"2026-01-01T00:00:01.000000Z\", up to which container c1 was charged before.")]
    [InlineData(5, "to", "yesterday", "details.to is \"yesterday\"; it should be a time such as 2026-01-31T12:00:00.000000Z.")]
    [InlineData(5, "tariff", "cheap", "details.base_microseconds is 0; it should be 1234567, where the price took hold in container c1.")]
    public void Next_TextOfAChargeChanged_IsFoundThere(long sequence, string member, string value, string expected) =>
        Assert.Equal((sequence, expected), Forgery.OfDetails(sequence, member, value));

    [Theory]
    [InlineData(4, "after_microseconds", 1_234_600, "amount_halfords is 205761; it should be 205766, the price of 1234600 µs from 0 to 1234600 at 600 vcore-seconds per GRC.")]
    [InlineData(4, "vcore_seconds_per_grc", 601, "amount_halfords is 205761; it should be 205418, the price of 1234567 µs from 0 to 1234567 at 601 vcore-seconds per GRC.")]
    [InlineData(5, "vcore_seconds_per_grc", 601, "details.vcore_seconds_per_grc is 601; it should be 600, as version 1 of tariff default was before.")]
    [InlineData(4, "vcore_seconds_per_grc", 0, "details.vcore_seconds_per_grc is 0; it should be 1 to 1000000000.")]
    [InlineData(4, "vcore_seconds_per_grc", 1_000_000_001, "details.vcore_seconds_per_grc is 1000000001; it should be 1 to 1000000000.")]
    [InlineData(4, "tariff_version", 0, "details.tariff_version is 0; it should be at least 1.")]
    [InlineData(4, "tariff_version", -1, "details.tariff_version is -1; it should be a whole number from 0 to 2147483647.")]
    [InlineData(4, "tariff_version", 2_147_483_648, "details.tariff_version is 2147483648; it should be a whole number from 0 to 2147483647.")]
    [InlineData(4, "base_microseconds", -1, "details.base_microseconds is -1; it should be 0 to 10000000000000000.")]
    [InlineData(4, "base_microseconds", 1, "details.before_microseconds is 0; it should be 1 to 10000000000000000.")]
    [InlineData(4, "after_microseconds", -1, "details.after_microseconds is -1; it should be 0 to 10000000000000000.")]
    [InlineData(4, "after_microseconds", 10_000_000_000_000_001, "details.after_microseconds is 10000000000000001; it should be 0 to 10000000000000000.")]
    [InlineData(5, "before_microseconds", 1_234_566, "details.before_microseconds is 1234566; it should be 1234567, up to which container c1 was charged before.")]
    [InlineData(11, "memory_after_byte_seconds", 7_516_192_769, "details.memory_before_byte_seconds is 7516192768; it should be 7516192769, up to which container c1 was charged before.")]
    [InlineData(11, "memory_base_byte_seconds", -1, "details.memory_base_byte_seconds is -1; it should be 0 to 4000000000000000000.")]
    [InlineData(11, "memory_base_byte_seconds", 51, "details.memory_before_byte_seconds is 50; it should be 51 to 4000000000000000000.")]
    [InlineData(11, "memory_base_byte_seconds", 49, "details.memory_base_byte_seconds is 49; it should be 50, where the price took hold in container c1.")]
    [InlineData(11, "memory_after_byte_seconds", 49, "details.memory_after_byte_seconds is 49; it should be 50 to 4000000000000000000.")]
    [InlineData(12, "gib_seconds_per_grc", 4, "details.gib_seconds_per_grc is 4; it should be 3, as version 2 of tariff default was before.")]
    [InlineData(11, "gib_seconds_per_grc", 0, "details.gib_seconds_per_grc is 0; it should be 1 to 1000000000.")]
    [InlineData(12, "tariff_version", 1, "details.vcore_seconds_per_grc is 7; it should be 600, as version 1 of tariff default was before.")]
    public void Next_NumberOfAChargeChanged_IsFoundThereOrAtTheNext(long sequence, string member, long value, string expected)
    {
        var (found, fault) = Forgery.OfDetails(sequence, member, value);
        Assert.Equal(expected, fault);
        Assert.InRange(found!.Value, sequence, sequence + 1);
    }

    [Fact]
    public void Next_AmountsThatFitTheLie_AreFoundAtTheNextCharge()
    {
        var (sequence, fault) = Forgery.Of(4, d => Forgery.Amount(d with { Details = Forgery.Edit(d.Details, "after_microseconds", 1_234_600) }, 205_766));
        Assert.Equal((5, "details.before_microseconds is 1234567; it should be 1234600, up to which container c1 was charged before."), (sequence, fault));
    }

    [Fact]
    public void Next_FromTakenOut_IsMissed() =>
        Assert.Equal((5, "details.from is missing; it should be 2026-01-01T00:00:01.000000Z."), Forgery.OfDetails(5, "from", null));

    [Fact]
    public void Next_AttemptsThatAreNoTexts_AreNamed()
    {
        Assert.Equal((4, "details.attempts is a list; it should be a list of texts."), Forgery.OfDetails(4, "attempts", new JsonArray(1)));
        Assert.Equal((4, "details.attempts is \"a\"; it should be a list."), Forgery.OfDetails(4, "attempts", "a"));
    }

    [Fact]
    public void Next_ChargeOfAnotherAccount_IsNamed()
    {
        Assert.Equal((4, "debit is \"owed:bob\"; it should be \"owed:alice\"."), Forgery.Of(4, d => d with { Debit = "owed:bob" }));
        Assert.Equal((4, "credit is \"wallet:eve\"; it should be \"claims\"."), Forgery.Of(4, d => d with { Credit = "wallet:eve" }));
    }

    [Fact]
    public void Next_UserOfAContainerExchanged_IsNamed() => Assert.Equal(
        (5, "details.user is \"bob\"; it should be \"alice\", whose container c1 is."),
        Forgery.Of(5, d => d with { Debit = "owed:bob", Details = Forgery.Edit(d.Details, "user", "bob") }));

    [Fact]
    public void Next_OlderVersionComesBack_IsNamed()
    {
        var ledger = new LedgerBuilder();
        ledger.Read("c", 600);
        ledger.Tariff = LedgerBuilder.Default with { Version = 2, VcoreSecondsPerGrc = 60 };
        ledger.Read("c", 1200).Read("c", 1800).Read("c", 2400);
        var forged = LedgerBuilder.Forge(ledger.Entries, 4, d => Forgery.Amount(
            d with { Details = Forgery.Edit(Forgery.Edit(Forgery.Edit(d.Details, "tariff_version", 1), "vcore_seconds_per_grc", 600), "base_microseconds", 1800) }, 100));
        Assert.Equal((4, "details.tariff_version is 1; it should be 2 to 2147483647."), Forgery.Verify(forged));
        Assert.Equal((null, null), Forgery.Verify(ledger.Entries));
    }

    /// <summary>Prices that took hold somewhere else would round anew, and so charge a little more or less.</summary>
    [Fact]
    public void Next_BaseMovedWithinOnePrice_IsNamed()
    {
        var ledger = new LedgerBuilder().Read("c", 700).Read("c", 1400).Read("c", 2100);
        var forged = LedgerBuilder.Forge(ledger.Entries, 3, d => Forgery.Amount(d with { Details = Forgery.Edit(d.Details, "base_microseconds", 700) }, 117));
        Assert.Equal((3, "details.base_microseconds is 700; it should be 0, where the price took hold in container c."), Forgery.Verify(forged));
    }

    [Fact]
    public void Next_PriceThatWentAndCameBack_MayTakeHoldAgain()
    {
        var ledger = new LedgerBuilder();
        ledger.Read("c", 700).Read("c", 1401);
        var (home, away) = (ledger.Tariff, new CreditManager.Core.Money.TariffVersion("away", 1, 10));
        ledger.Tariff = away;
        ledger.Read("c", 1401);
        ledger.Tariff = home;
        ledger.Read("c", 1401).Read("c", 2800);
        Assert.Contains("\"base_microseconds\":1401", ledger.Entries[^1].Draft.Details, StringComparison.Ordinal);
        Assert.Equal((null, null), Forgery.Verify(ledger.Entries));
    }

    [Theory]
    [InlineData(9, "details.memory_before_byte_seconds is 9; it should be at least 10.")]
    [InlineData(10, null)]
    [InlineData(11, null)]
    public void Next_MemoryPricedAgain_MayHaveGoneOnButNotBack(long counter, string? expected)
    {
        var ledger = new LedgerBuilder { Tariff = new("m", 1, 600, 1) };
        ledger.Read("c", 600, 10);
        ledger.Tariff = new("m", 2, 600);
        ledger.Read("c", 1200, 10).Read("c", 1800, 10);
        ledger.Tariff = new("m", 3, 600, 1);
        ledger.Read("c", 2400, 10).Read("c", 3000, 11);
        Assert.Equal((null, null), Forgery.Verify(ledger.Entries));
        var last = ledger.Entries.Count;
        var forged = LedgerBuilder.Forge(ledger.Entries, last, d => d with
        {
            Details = Forgery.Edit(Forgery.Edit(d.Details, "memory_before_byte_seconds", counter), "memory_base_byte_seconds", counter),
        });
        Assert.Equal(expected, Forgery.Verify(forged).Fault);
    }

    [Fact]
    public void Next_MemoryBaseUnlikeItsBeforeWhenPricedAgain_IsNamed()
    {
        var ledger = new LedgerBuilder().Read("c", 600, 10);
        ledger.Tariff = new("default", 2, 600, 1_000_000_000);
        ledger.Read("c", 1200, 20).Read("c", 1800, 30);
        var forged = LedgerBuilder.Forge(ledger.Entries, 3, d => d with { Details = Forgery.Edit(d.Details, "memory_base_byte_seconds", 19) });
        Assert.Equal((3, "details.memory_base_byte_seconds is 19; it should be 20, where the price took hold in container c."), Forgery.Verify(forged));
    }

    [Fact]
    public void Next_FirstChargeWithMemoryBefore_IsNamed()
    {
        var ledger = new LedgerBuilder { Tariff = new("m", 1, 600, 1) }.Read("c", 600, 1 << 30);
        Assert.Equal((null, null), Forgery.Verify(ledger.Entries));
        var forged = LedgerBuilder.Forge(ledger.Entries, 1, d => Forgery.Amount(
            d with { Details = Forgery.Edit(Forgery.Edit(d.Details, "memory_before_byte_seconds", 1 << 29), "memory_base_byte_seconds", 1 << 29) }, 50_000_100));
        Assert.Equal((1, "details.memory_before_byte_seconds is 536870912; it should be 0: it is the container's first charge."), Forgery.Verify(forged));
    }

    [Fact]
    public void Next_AmountOffWithMemory_NamesBothPrices() => Assert.Equal(
        (12, "amount_halfords is 1; it should be 68095053, the price of 99987 µs from 9700013 to 9800000 at 7 vcore-seconds and 3 GiB-seconds per GRC."),
        Forgery.Of(12, d => Forgery.Amount(d, 1)));

    [Fact]
    public void Next_LargestCounters_AreRight()
    {
        var ledger = new LedgerBuilder { Tariff = new("m", 1, 1, 1) }.Read("c", MeterRules.LargestCounter, MeterRules.LargestMemoryCounter);
        Assert.Equal((null, null), Forgery.Verify(ledger.Entries));
        var forged = LedgerBuilder.Forge(ledger.Entries, 1, d => d with { Details = Forgery.Edit(d.Details, "memory_after_byte_seconds", MeterRules.LargestMemoryCounter + 1) });
        Assert.Equal("details.memory_after_byte_seconds is 4000000000000000001; it should be 0 to 4000000000000000000.", Forgery.Verify(forged).Fault);
    }
}
