using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
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
    public void FindFault_UntouchedChain_FindsNothing() => Assert.Null(LedgerChain.FindFault(Chain(20)));

    [Fact]
    public void FindFault_AnyForgeryAnywhere_IsFoundAtItsPlace() => Prop.ForAll(
        Gen.Choose(0, 19).ToArbitrary(),
        Gen.Elements(Forgeries).ToArbitrary(),
        (index, forge) =>
        {
            var chain = Chain(20);
            chain[index] = forge(chain[index]);
            return LedgerChain.FindFault(chain)?.StartsWith($"entry {index + 1} ", StringComparison.Ordinal) == true;
        }).Check(Seeded.Config);

    [Fact]
    public void FindFault_RehashedForgery_IsFoundAtTheNextEntry()
    {
        var chain = Chain(5);
        var forged = chain[1] with { Draft = chain[1].Draft with { Amount = new GrcAmount(999) } };
        chain[1] = forged with { Hash = LedgerChain.Hash(forged) };
        Assert.StartsWith("entry 3 ", LedgerChain.FindFault(chain), StringComparison.Ordinal);
    }

    [Fact]
    public void FindFault_RemovedOrSwappedEntry_IsFound()
    {
        var (removed, swapped) = (Chain(5), Chain(5));
        removed.RemoveAt(2);
        (swapped[1], swapped[2]) = (swapped[2], swapped[1]);
        Assert.StartsWith("entry 3 ", LedgerChain.FindFault(removed), StringComparison.Ordinal);
        Assert.StartsWith("entry 2 ", LedgerChain.FindFault(swapped), StringComparison.Ordinal);
    }

    [Fact]
    public void FindFault_PartAfterAKnownEntry_IsChecked()
    {
        var chain = Chain(5);
        Assert.Null(LedgerChain.FindFault(chain.Skip(2), 2, chain[1].Hash));
        Assert.NotNull(LedgerChain.FindFault(chain.Skip(2), 2, chain[0].Hash));
    }

    [Fact]
    public void Link_AmbiguousOrNegativeDraft_Throws()
    {
        var good = new LedgerDraft("charge", "a", "b", new GrcAmount(1), "{}");
        Assert.Throws<ArgumentOutOfRangeException>(() => LedgerChain.Link(1, Now, good with { Amount = new GrcAmount(-1) }, LedgerChain.FirstHash));
        Assert.Throws<ArgumentException>(() => LedgerChain.Link(1, Now, good with { Credit = "a" }, LedgerChain.FirstHash));
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
        var meter = Meter.Start("c1", "alice", "work", MeterBasis.Allocated, new TariffVersion("cheap", 3, 1200)) with { BaseMicroseconds = 7 };
        Assert.Equal(
            "{\"after_microseconds\":50,\"base_microseconds\":7,\"basis\":\"allocated\",\"before_microseconds\":10,\"container\":\"c1\","
            + "\"function\":\"work\",\"tariff\":\"cheap\",\"tariff_version\":3,\"user\":\"alice\",\"vcore_seconds_per_grc\":1200}",
            LedgerDetails.Of(new UsageCharge(meter, 10, 50, new GrcAmount(3))));
    }

    private static List<LedgerEntry> Chain(int length)
    {
        var chain = new List<LedgerEntry>();
        for (var i = 1; i <= length; i++)
        {
            var draft = new LedgerDraft(LedgerKinds.Charge, LedgerAccounts.Owed("alice"), LedgerAccounts.Claims, new GrcAmount(i), "{\"n\":1}");
            chain.Add(LedgerChain.Link(i, Now.AddSeconds(i), draft, chain.Count == 0 ? LedgerChain.FirstHash : chain[^1].Hash));
        }

        return chain;
    }
}
