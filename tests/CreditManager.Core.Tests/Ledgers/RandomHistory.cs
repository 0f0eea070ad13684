using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests.Ledgers;

/// <summary>Something that happens in a ledger's life.</summary>
internal sealed record HistoryEvent(int Kind, int Container, long Size);

/// <summary>Any history that the service could book.</summary>
internal sealed record RandomHistory(HistoryEvent[] Events)
{
    private static readonly string[] Users = ["alice", "bob"];

    public static Gen<RandomHistory> Gen { get; } =
        from events in (from kind in FsCheck.Fluent.Gen.Choose(0, 9)
                        from container in FsCheck.Fluent.Gen.Choose(0, 3)
                        from size in Seeded.Between(1, 3_000_000)
                        select new HistoryEvent(kind, container, size)).ArrayOf()
        select new RandomHistory(events);

    /// <summary>Books it; the price changes with the events unless <paramref name="onePrice"/>.</summary>
    public LedgerBuilder Build(TariffVersion? onePrice = null)
    {
        var ledger = new LedgerBuilder { Tariff = onePrice ?? LedgerBuilder.Default };
        var (counters, memory, refunds) = (new long[4], new long[4], new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < Events.Length; i++)
        {
            Apply(ledger, Events[i], i, counters, memory, refunds, onePrice is null);
        }

        return ledger;
    }

    private static void Apply(LedgerBuilder ledger, HistoryEvent e, int i, long[] counters, long[] memory, Dictionary<string, int> refunds, bool pricesChange)
    {
        var user = Users[e.Container % 2];
        ledger.Wait(e.Size % 7);
        switch (e.Kind)
        {
            case 0:
                ledger.Deposit($"claim-{i}", e.Size, user);
                break;
            case 1:
                ledger.Coins(LedgerKinds.Withdrawal, -e.Size, account: user);
                break;
            case 2:
                ledger.Settle($"s-{i}", e.Size, user);
                break;
            case 3 when pricesChange:
                ledger.Tariff = ledger.Tariff with { Version = ledger.Tariff.Version + 1, VcoreSecondsPerGrc = e.Size, GibSecondsPerGrc = e.Size % 2 == 0 ? null : e.Size };
                break;
            case 4:
                var outcome = e.Size % 2 == 0 ? AttemptOutcome.PlatformFault : AttemptOutcome.Succeeded;
                ledger.Attempt($"a-{i}", $"c{e.Container}", 0, e.Size, outcome, user, $"t-{e.Container}");
                var refund = RefundRules.Refund(outcome, AttemptPricing.Price(ledger.Tariff, 0, 0, e.Size), ledger.Tariff, refunds.GetValueOrDefault(user + e.Container));
                if (refund > GrcAmount.Zero)
                {
                    refunds[user + e.Container] = refunds.GetValueOrDefault(user + e.Container) + 1;
                    ledger.Refund($"a-{i}", refund.Halfords, outcome, user);
                }

                break;
            default:
                counters[e.Container] += e.Size;
                memory[e.Container] += e.Size * 1000;
                ledger.Read($"c{e.Container}", counters[e.Container], memory[e.Container], user: user, function: user == "alice" ? "work" : "other");
                break;
        }
    }
}
