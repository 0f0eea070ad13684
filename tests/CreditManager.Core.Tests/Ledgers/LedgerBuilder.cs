using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;

namespace CreditManager.Core.Tests.Ledgers;

/// <summary>Books a history as the service does, by the same rules: meters, prices, bookings, chain.</summary>
internal sealed class LedgerBuilder
{
    public const string Provider = "provider";
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TariffVersion Default = new("default", 1, 600);

    private readonly Dictionary<string, Meter> _meters = new(StringComparer.Ordinal);
    private readonly List<LedgerEntry> _entries = [];

    public DateTimeOffset Now { get; private set; } = Start;

    public TariffVersion Tariff { get; set; } = Default;

    public IReadOnlyList<LedgerEntry> Entries => _entries;

    public LedgerBuilder Wait(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        return this;
    }

    public LedgerBuilder Book(params IEnumerable<LedgerDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            _entries.Add(LedgerChain.Link(
                _entries.Count + 1, Now, draft, _entries.Count == 0 ? LedgerChain.FirstHash : _entries[^1].Hash));
        }

        return this;
    }

    /// <summary>A reading of a container's cumulative counters.</summary>
    public LedgerBuilder Read(
        string container, long microseconds, long byteSeconds = 0, bool final = false, string user = "alice", string function = "work", params string[] attempts)
    {
        var meter = _meters.GetValueOrDefault(container) ?? Meter.Start(container, user, function, MeterBasis.Used, Tariff, Now);
        var step = MeterRules.Advance(meter, new MeterReading(microseconds, byteSeconds, Now), final, Tariff);
        _meters[container] = step.Refusal is null ? step.Meter : throw new InvalidOperationException(step.Refusal);
        return step.Charge is { } charge ? Book(Bookings.Charge(charge, attempts)) : this;
    }

    /// <summary>An attempt that has ended; <paramref name="changes"/> are the prices that took hold in its slot.</summary>
    public LedgerBuilder Attempt(
        string id, string container, long before, long after, AttemptOutcome outcome = AttemptOutcome.Succeeded, string user = "alice", string task = "task-1", params PriceSegment[] changes)
    {
        var facts = Facts(id, container, before, after, outcome, user, task);
        return Book(Bookings.Attempt(facts, AttemptPricing.Split(before, after, changes.Length > 0 ? changes : [new PriceSegment(Tariff, 0)])));
    }

    public LedgerBuilder Refund(string id, long halfords, AttemptOutcome outcome = AttemptOutcome.PlatformFault, string user = "alice") =>
        Book(Bookings.Refund(Facts(id, "c", 0, 0, outcome, user, "t"), new GrcAmount(halfords)));

    public LedgerBuilder Settle(string id, long halfords, string user = "alice") => Book(Bookings.Settlement(id, user, Provider, new GrcAmount(halfords)));

    public LedgerBuilder Deposit(string claim, long halfords, string user = "alice") => Book(Bookings.ClaimedDeposit(claim, user, new GrcAmount(halfords)));

    public LedgerBuilder Coins(string kind, long difference, string explanation = "found", string account = "alice") =>
        Book(Bookings.Difference(kind, account, new GrcAmount(difference), explanation));

    /// <summary>An entry changed and everything after it linked anew, as by a forger who has the whole file but not the key.</summary>
    public static List<LedgerEntry> Forge(IEnumerable<LedgerEntry> entries, long sequence, Func<LedgerDraft, LedgerDraft> change)
    {
        var forged = new List<LedgerEntry>();
        foreach (var entry in entries)
        {
            var draft = entry.Sequence == sequence ? change(entry.Draft) : entry.Draft;
            var unhashed = new LedgerEntry(forged.Count + 1, entry.At, draft, forged.Count == 0 ? LedgerChain.FirstHash : forged[^1].Hash, "");
            forged.Add(unhashed with { Hash = LedgerChain.Hash(unhashed) });
        }

        return forged;
    }

    /// <summary>A history with every kind of entry: prices that change, memory, attempts across prices, a refund, settlements, coins that come and go.</summary>
    public static LedgerBuilder Everything()
    {
        var ledger = new LedgerBuilder();
        ledger.Coins(LedgerKinds.Opening, 300_000_000).Coins(LedgerKinds.Opening, 5_000, account: Provider).Deposit("claim-0001", 100_000_000);
        ledger.Wait(1).Read("c1", 1_234_567, attempts: ["a-1"]).Wait(1).Read("c1", 9_000_001, attempts: ["a-1", "a-2"]);
        ledger.Attempt("a-1", "c1", 0, 4_000_003).Wait(1).Settle("s-1", 1_500_000).Read("c2", 700_001, user: "bob", function: "other");
        ledger.Tariff = new TariffVersion("default", 2, 7, 3, RefundsPlatformFaults: true);
        ledger.Wait(1).Read("c1", 9_500_000, 50).Wait(1).Read("c1", 9_700_013, 7L << 30).Read("c1", 9_800_000, 9L << 30);
        ledger.Attempt("a-2", "c1", 4_000_003, 9_700_000, AttemptOutcome.PlatformFault, changes: [new PriceSegment(Default, 0), new PriceSegment(ledger.Tariff, 9_500_000)]);
        ledger.Refund("a-2", AttemptCost(ledger)).Coins(LedgerKinds.Deposit, 40_000_000, "received aa11 hello", "bob");
        ledger.Tariff = new TariffVersion("default", 3, 1000);
        ledger.Wait(1).Read("c1", 9_900_000, 10L << 30).Wait(1).Read("c1", 19_900_000, 11L << 30, final: true).Read("c2", 700_001, 5, final: true, user: "bob", function: "other");
        ledger.Attempt("a-3", "c1", 9_700_000, 9_700_000, AttemptOutcome.Failed).Settle("s-2", 2_000_000).Settle("s-3", 100_000, "bob");
        return ledger.Coins(LedgerKinds.Withdrawal, -7, "sent by hand").Coins(LedgerKinds.Adjustment, -11, "no listed transaction explains it").Coins(LedgerKinds.Adjustment, 12, "looked into", "bob");
    }

    private static long AttemptCost(LedgerBuilder ledger) =>
        AttemptPricing.Total(AttemptPricing.Split(4_000_003, 9_700_000, [new PriceSegment(Default, 0), new PriceSegment(ledger.Tariff, 9_500_000)])).Halfords;

    private AttemptFacts Facts(string id, string container, long before, long after, AttemptOutcome outcome, string user, string task) => new(
        id, user, user == "alice" ? "work" : "other", task, 1, container, 0, Now.AddSeconds(-1), Now, outcome, before, after, new string('1', 64), new string('2', 64), new string('3', 64));
}
