using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Core.Tests.Ledgers;
using CreditManager.Core.Verification;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class LedgerChainTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2));

    private static readonly Func<LedgerEntry, LedgerEntry>[] Forgeries =
    [
        e => e with { Sequence = e.Sequence + 1 },
        e => e with { At = e.At.AddMicroseconds(1) },
        e => e with { Draft = e.Draft with { Amount = new GrcAmount(e.Draft.Amount.Halfords + 1) } },
        e => e with { Draft = e.Draft with { Amount = new GrcAmount(-1) } },
        e => e with { Draft = e.Draft with { Kind = LedgerKinds.Adjustment } },
        e => e with { Draft = e.Draft with { Debit = LedgerAccounts.Owed("mallory") } },
        e => e with { Draft = e.Draft with { Credit = LedgerAccounts.Wallet("mallory") } },
        e => e with { Draft = e.Draft with { Details = "{}" } },
        e => e with { PreviousHash = new string('a', 64) },
        e => e with { Hash = new string('b', 64) },
    ];

    [Fact]
    public void Link_KnownEntry_HasTheHashThatAnybodyCanRecompute()
    {
        var entry = LedgerChain.Link(1, Now, new LedgerDraft("deposit", "outside", "wallet:alice", new GrcAmount(5), "{\"claim\":\"x\"}"), LedgerChain.FirstHash);
        // printf 'scp-ledger-1\n000…000\n1\n2026-01-02T01:04:05.678000Z\ndeposit\noutside\nwallet:alice\n5\n{"claim":"x"}' | sha256sum
        Assert.Equal("f86acc16cb95d6ad6d54077ca2e8a8de5c30c2aa5e9d01910f6c56d24e41976d", entry.Hash);
        Assert.Equal(LedgerChain.Hash(entry), entry.Hash);
    }

    [Fact]
    public void Link_AnyForgeryAnywhere_IsFoundAtItsPlace() => Prop.ForAll(
        Gen.Choose(0, 19).ToArbitrary(),
        Gen.Elements(Forgeries).ToArbitrary(),
        (index, forge) =>
        {
            var chain = Chain(20);
            chain[index] = forge(chain[index]);
            return FirstFault(chain) == index;
        }).Check(Seeded.Config);

    [Fact]
    public void Link_RehashedForgery_IsFoundAtTheNextEntry()
    {
        var chain = Chain(5);
        var forged = chain[1] with { Draft = chain[1].Draft with { Amount = new GrcAmount(999) } };
        chain[1] = forged with { Hash = LedgerChain.Hash(forged) };
        Assert.Equal((-1, 2), (FirstFault(Chain(5)), FirstFault(chain)));
    }

    [Fact]
    public void Link_AmbiguousOrNegativeDraft_Throws()
    {
        var good = new LedgerDraft("charge", "a", "b", new GrcAmount(1), "{}");
        Assert.Throws<ArgumentOutOfRangeException>(() => LedgerChain.Link(1, Now, good with { Amount = new GrcAmount(-1) }, LedgerChain.FirstHash));
        Assert.Contains(
            "must differ", Assert.Throws<ArgumentException>(() => LedgerChain.Link(1, Now, good with { Credit = "a" }, LedgerChain.FirstHash)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LedgerChain.Link(1, Now, good with { Details = "{\n}" }, LedgerChain.FirstHash));
    }

    [Fact]
    public void Details_HostileTexts_StayOnOneLineInKeyOrder()
    {
        var details = LedgerDetails.Of(("z", "a\n\"b\" ☃"), ("a", 5L), ("m", 1));
        Assert.Equal("{\"a\":5,\"m\":1,\"z\":\"a\\n\\u0022b\\u0022 \\u2603\"}", details);
    }

    [Fact]
    public void Details_Charge_HoldAllThatRecomputesIt()
    {
        var epoch = DateTimeOffset.UnixEpoch;
        var meter = Meter.Start("c1", "alice", "work", MeterBasis.Allocated, new TariffVersion("cheap", 3, 1200, 9), epoch) with
        {
            Base = new MeterReading(7, 1, epoch),
            Billed = new MeterReading(10, 2, epoch.AddSeconds(1)),
        };
        Assert.Equal(
            "{\"after_microseconds\":50,\"attempts\":[\"a1\",\"a2\"],\"base_microseconds\":7,\"basis\":\"allocated\",\"before_microseconds\":10,"
            + "\"container\":\"c1\",\"from\":\"1970-01-01T00:00:01.000000Z\",\"function\":\"work\",\"gib_seconds_per_grc\":9,"
            + "\"memory_after_byte_seconds\":3,\"memory_base_byte_seconds\":1,\"memory_before_byte_seconds\":2,\"tariff\":\"cheap\",\"tariff_version\":3,"
            + "\"to\":\"1970-01-01T00:00:02.000000Z\",\"user\":\"alice\",\"vcore_seconds_per_grc\":1200}",
            LedgerDetails.Of(new UsageCharge(meter, new MeterReading(50, 3, epoch.AddSeconds(2)), new GrcAmount(3)), ["a1", "a2"]));
    }

    [Fact]
    public void Details_ChargeOfUsage_HaveTheirBasisAndNoMemoryWithoutAPrice()
    {
        var meter = Meter.Start("c1", "alice", "work", MeterBasis.Used, new TariffVersion("default", 1, 600), DateTimeOffset.UnixEpoch);
        Assert.Equal(
            "{\"after_microseconds\":5,\"attempts\":[],\"base_microseconds\":0,\"basis\":\"used\",\"before_microseconds\":0,\"container\":\"c1\","
            + "\"from\":\"1970-01-01T00:00:00.000000Z\",\"function\":\"work\",\"tariff\":\"default\",\"tariff_version\":1,"
            + "\"to\":\"1970-01-01T00:00:00.000000Z\",\"user\":\"alice\",\"vcore_seconds_per_grc\":600}",
            LedgerDetails.Of(new UsageCharge(meter, new MeterReading(5, 7, DateTimeOffset.UnixEpoch), GrcAmount.Zero), []));
    }

    [Fact]
    public void Details_Attempt_HoldAllThatRecomputesItsCost()
    {
        var attempt = new AttemptFacts(
            "a1", "alice", "work", "in/\n☃", 2, "c1", 3, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1), AttemptOutcome.AbortedForDebt, 6, 30, "i", "s", "f");
        var parts = AttemptPricing.Split(6, 30, [new PriceSegment(new TariffVersion("default", 1, 600), 0), new PriceSegment(new TariffVersion("default", 2, 300), 18)]);
        Assert.Equal(
            "{\"after_microseconds\":30,\"attempt\":\"a1\",\"before_microseconds\":6,\"container\":\"c1\",\"cost_halfords\":6,\"ended_at\":\"1970-01-01T00:00:01.000000Z\","
            + "\"function\":\"work\",\"image_sha256\":\"i\",\"number\":2,\"outcome\":\"aborted_for_debt\",\"parts\":["
            + "{\"after_microseconds\":18,\"base_microseconds\":0,\"before_microseconds\":6,\"halfords\":2,\"tariff\":\"default\",\"tariff_version\":1,\"vcore_seconds_per_grc\":600},"
            + "{\"after_microseconds\":30,\"base_microseconds\":18,\"before_microseconds\":18,\"halfords\":4,\"tariff\":\"default\",\"tariff_version\":2,\"vcore_seconds_per_grc\":300}],"
            + "\"script_sha256\":\"s\",\"slot\":3,\"started_at\":\"1970-01-01T00:00:00.000000Z\",\"task\":\"in/\\n\\u2603\",\"task_sha256\":\"f\",\"user\":\"alice\"}",
            LedgerDetails.Of(attempt, parts));
    }

    [Theory]
    [InlineData(AttemptOutcome.Succeeded, "succeeded")]
    [InlineData(AttemptOutcome.Failed, "failed")]
    [InlineData(AttemptOutcome.Capped, "capped")]
    [InlineData(AttemptOutcome.AbortedForDebt, "aborted_for_debt")]
    [InlineData(AttemptOutcome.PlatformFault, "platform_fault")]
    public void Word_OfAnOutcome_IsFixed(AttemptOutcome outcome, string word) => Assert.Equal(word, LedgerDetails.Word(outcome));

    [Fact]
    public void Details_WhatHasNoCanonicalText_IsRefusedAndNamed()
    {
        Assert.Contains("key a is there twice", Assert.Throws<ArgumentException>(() => LedgerDetails.Of(("a", 1), ("a", 2))).Message, StringComparison.Ordinal);
        Assert.Contains("System.Double", Assert.Throws<ArgumentException>(() => LedgerDetails.Of(("a", 1.5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadTime_WhatWasWritten_IsTheSameMomentInUtc()
    {
        var time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(3)).AddMicroseconds(8);
        var read = LedgerChain.ReadTime(LedgerChain.FormatTime(time));
        Assert.Equal((time, TimeSpan.Zero), (read, read.Offset));
    }

    /// <summary>Index of the first entry that the verifier finds wrong; -1 for none.</summary>
    private static int FirstFault(List<LedgerEntry> chain)
    {
        var verifier = new LedgerVerifier();
        return chain.FindIndex(entry => verifier.Next(entry) is not null);
    }

    private static List<LedgerEntry> Chain(int length)
    {
        var ledger = new LedgerBuilder();
        for (var i = 1; i <= length; i++)
        {
            ledger.Wait(1).Deposit($"claim-{i}", i);
        }

        return [.. ledger.Entries];
    }
}
