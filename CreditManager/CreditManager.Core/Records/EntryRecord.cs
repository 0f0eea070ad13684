using CreditManager.Core.Attempts;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;

namespace CreditManager.Core.Records;

/// <summary>What the details of a ledger's entry say, by its kind.</summary>
public abstract record EntryRecord;

/// <summary>A memory counter that was charged.</summary>
/// <param name="Base">The counter in byte-seconds when the price took hold.</param>
/// <param name="Before">Up to which was charged before.</param>
/// <param name="After">Up to which is charged now.</param>
public sealed record MemoryInterval(long Base, long Before, long After);

/// <summary>A charge: usage of one container between two readings.</summary>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function ran.</param>
/// <param name="Container">The container.</param>
/// <param name="Basis">Which CPU counter is billed.</param>
/// <param name="Tariff">The price; whether it refunds is not said here.</param>
/// <param name="Base">The counter in microseconds when the price took hold.</param>
/// <param name="Before">Up to which was charged before.</param>
/// <param name="After">Up to which is charged now.</param>
/// <param name="Memory">The memory counter; null where memory costs nothing.</param>
/// <param name="From">When the reading before was taken; null in old ledgers.</param>
/// <param name="To">When this reading was taken; null in old ledgers.</param>
/// <param name="Attempts">Attempts that ran meanwhile, as far as they were known.</param>
public sealed record ChargeRecord(
    string User,
    string Function,
    string Container,
    MeterBasis Basis,
    TariffVersion Tariff,
    long Base,
    long Before,
    long After,
    MemoryInterval? Memory,
    DateTimeOffset? From,
    DateTimeOffset? To,
    IReadOnlyList<string> Attempts) : EntryRecord
{
    /// <summary>What the usage costs at a price; memory that was not read costs nothing.</summary>
    public GrcAmount PriceAt(long vcoreSecondsPerGrc, long? gibSecondsPerGrc)
    {
        var cpu = Pricing.Of(After - Base, vcoreSecondsPerGrc) - Pricing.Of(Before - Base, vcoreSecondsPerGrc);
        return Memory is null
            ? cpu
            : cpu + (Pricing.OfMemory(Memory.After - Memory.Base, gibSecondsPerGrc) - Pricing.OfMemory(Memory.Before - Memory.Base, gibSecondsPerGrc));
    }
}

/// <summary>What one attempt used and cost.</summary>
/// <param name="Facts">The attempt.</param>
/// <param name="Parts">Its usage at each price that it met.</param>
/// <param name="Cost">What it says that all parts cost together.</param>
public sealed record AttemptRecord(AttemptFacts Facts, IReadOnlyList<AttemptPart> Parts, GrcAmount Cost) : EntryRecord;

/// <summary>An attempt that was paid back.</summary>
/// <param name="Attempt">Its id.</param>
/// <param name="Reason">How it ended.</param>
public sealed record RefundRecord(string Attempt, string Reason) : EntryRecord;

/// <summary>Half of a settlement: the coins that went over, or the debt that they paid.</summary>
/// <param name="Settlement">Its id.</param>
public sealed record SettlementRecord(string Settlement) : EntryRecord;

/// <summary>Coins that came or went.</summary>
/// <param name="Claim">The receipt that they were paid in for; null where they came by themselves.</param>
/// <param name="Text">What is known of them, for people.</param>
public sealed record CoinsRecord(string? Claim, string Text) : EntryRecord;
