using System.Text;
using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;

namespace CreditManager.Core.Records;

/// <summary>Reads the details of entries: the other direction of <see cref="LedgerDetails"/>.</summary>
public static class EntryReader
{
    private const string Place = "details.";

    /// <summary>What an entry's details say.</summary>
    /// <exception cref="FormatException">They are not what entries of this kind say; the message names the member.</exception>
    public static EntryRecord Read(LedgerDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        Func<JsonFields, EntryRecord> read = draft.Kind switch
        {
            LedgerKinds.Charge => ReadCharge,
            LedgerKinds.Attempt => ReadAttempt,
            LedgerKinds.Refund => f => new RefundRecord(f.Text("attempt"u8), f.Text("reason"u8)),
            LedgerKinds.Settlement or LedgerKinds.Clearing => f => new SettlementRecord(f.Text("settlement"u8)),
            LedgerKinds.Opening or LedgerKinds.Deposit or LedgerKinds.Withdrawal or LedgerKinds.Adjustment => f => ReadCoins(f, draft.Details),
            _ => throw new FormatException($"kind is \"{draft.Kind}\"; this program knows {string.Join(", ", LedgerKindNames.All)}."),
        };
        return JsonFields.Read(Encoding.UTF8.GetBytes(draft.Details), Place, read);
    }

    private static ChargeRecord ReadCharge(JsonFields f)
    {
        var perGib = f.FindWhole("gib_seconds_per_grc"u8);
        return new ChargeRecord(
            f.Text("user"u8),
            f.Text("function"u8),
            f.Text("container"u8),
            ReadBasis(f),
            new TariffVersion(f.Text("tariff"u8), f.Count32("tariff_version"u8), f.Whole("vcore_seconds_per_grc"u8), perGib),
            f.Whole("base_microseconds"u8),
            f.Whole("before_microseconds"u8),
            f.Whole("after_microseconds"u8),
            perGib is null
                ? null
                : new MemoryInterval(
                    f.Whole("memory_base_byte_seconds"u8), f.Whole("memory_before_byte_seconds"u8), f.Whole("memory_after_byte_seconds"u8)),
            f.FindTime("from"u8),
            f.FindTime("to"u8),
            f.Has("attempts"u8) ? f.Texts("attempts"u8) : []);
    }

    private static MeterBasis ReadBasis(JsonFields f) => f.Text("basis"u8) switch
    {
        "used" => MeterBasis.Used,
        "allocated" => MeterBasis.Allocated,
        _ => throw f.Wrong("basis"u8, "used or allocated"),
    };

    private static AttemptRecord ReadAttempt(JsonFields f) => new(
        new AttemptFacts(
            f.Text("attempt"u8),
            f.Text("user"u8),
            f.Text("function"u8),
            f.Text("task"u8),
            f.Count32("number"u8),
            f.Text("container"u8),
            f.Count32("slot"u8),
            f.Time("started_at"u8),
            f.Time("ended_at"u8),
            ReadOutcome(f),
            f.Whole("before_microseconds"u8),
            f.Whole("after_microseconds"u8),
            f.Text("image_sha256"u8),
            f.Text("script_sha256"u8),
            f.Text("task_sha256"u8)),
        f.Objects("parts"u8, ReadPart),
        new GrcAmount(f.Whole("cost_halfords"u8)));

    private static AttemptOutcome ReadOutcome(JsonFields f)
    {
        var word = f.Text("outcome"u8);
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
        {
            if (LedgerDetails.Word(outcome) == word)
            {
                return outcome;
            }
        }

        throw f.Wrong("outcome"u8, string.Join(", ", Enum.GetValues<AttemptOutcome>().Select(LedgerDetails.Word)));
    }

    private static AttemptPart ReadPart(JsonFields f) => new(
        new TariffVersion(f.Text("tariff"u8), f.Count32("tariff_version"u8), f.Whole("vcore_seconds_per_grc"u8)),
        f.Whole("base_microseconds"u8),
        f.Whole("before_microseconds"u8),
        f.Whole("after_microseconds"u8),
        new GrcAmount(f.Whole("halfords"u8)));

    private static CoinsRecord ReadCoins(JsonFields f, string details)
    {
        var claim = f.FindText("claim"u8);
        return new CoinsRecord(
            claim, claim is null ? f.FindText("explanation"u8) ?? f.FindText("reason"u8) ?? details : "receipt " + claim);
    }
}
