using System.Buffers;
using System.Text;
using System.Text.Json;
using CreditManager.Core.Attempts;
using CreditManager.Core.Metering;

namespace CreditManager.Core.Ledger;

/// <summary>Writes the details of entries as one JSON object with its keys in ordinal order, so that equal facts have equal text.</summary>
public static class LedgerDetails
{
    /// <summary>Everything that is needed to recompute a charge.</summary>
    public static string Of(UsageCharge charge, IReadOnlyList<string> attempts)
    {
        ArgumentNullException.ThrowIfNull(charge);
        ArgumentNullException.ThrowIfNull(attempts);
        var (meter, before, after) = (charge.Meter, charge.Meter.Billed, charge.After);
        (string, object)[] cpu =
        [
            ("after_microseconds", after.Microseconds),
            ("attempts", attempts),
            ("base_microseconds", meter.Base.Microseconds),
            ("basis", meter.Basis == MeterBasis.Used ? "used" : "allocated"),
            ("before_microseconds", before.Microseconds),
            ("container", meter.ContainerId),
            ("from", LedgerChain.FormatTime(before.At)),
            ("function", meter.Function),
            ("tariff", meter.Tariff.Name),
            ("tariff_version", meter.Tariff.Version),
            ("to", LedgerChain.FormatTime(after.At)),
            ("user", meter.User),
            ("vcore_seconds_per_grc", meter.Tariff.VcoreSecondsPerGrc),
        ];
        (string, object)[] memory = meter.Tariff.GibSecondsPerGrc is { } perGrc
            ?
            [
                ("gib_seconds_per_grc", perGrc),
                ("memory_after_byte_seconds", after.MemoryByteSeconds),
                ("memory_base_byte_seconds", meter.Base.MemoryByteSeconds),
                ("memory_before_byte_seconds", before.MemoryByteSeconds),
            ]
            : [];
        return Of([.. cpu, .. memory]);
    }

    /// <summary>Everything that is needed to recompute what an attempt cost.</summary>
    public static string Of(AttemptFacts attempt, IReadOnlyList<AttemptPart> parts)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(parts);
        return Of(
            ("after_microseconds", attempt.AfterMicroseconds),
            ("attempt", attempt.AttemptId),
            ("before_microseconds", attempt.BeforeMicroseconds),
            ("container", attempt.ContainerId),
            ("cost_halfords", AttemptPricing.Total(parts).Halfords),
            ("ended_at", LedgerChain.FormatTime(attempt.EndedAt)),
            ("function", attempt.Function),
            ("image_sha256", attempt.ImageSha256),
            ("number", attempt.Number),
            ("outcome", Word(attempt.Outcome)),
            ("parts", parts.Select(Members).ToArray()),
            ("script_sha256", attempt.ScriptSha256),
            ("slot", attempt.Slot),
            ("started_at", LedgerChain.FormatTime(attempt.StartedAt)),
            ("task", attempt.Task),
            ("task_sha256", attempt.TaskSha256),
            ("user", attempt.User));
    }

    /// <summary>How an outcome is written.</summary>
    public static string Word(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => "succeeded",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Capped => "capped",
        AttemptOutcome.AbortedForDebt => "aborted_for_debt",
        AttemptOutcome.PlatformFault => "platform_fault",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>An object of texts, whole numbers, lists of texts and lists of objects.</summary>
    /// <exception cref="ArgumentException">Another type of value, or a key twice.</exception>
    public static string Of(params (string Key, object Value)[] members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, members);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static (string, object)[] Members(AttemptPart part) =>
    [
        ("after_microseconds", part.AfterMicroseconds),
        ("base_microseconds", part.BaseMicroseconds),
        ("before_microseconds", part.BeforeMicroseconds),
        ("halfords", part.Amount.Halfords),
        ("tariff", part.Tariff.Name),
        ("tariff_version", part.Tariff.Version),
        ("vcore_seconds_per_grc", part.Tariff.VcoreSecondsPerGrc),
    ];

    private static void Write(Utf8JsonWriter json, (string Key, object Value)[] members)
    {
        json.WriteStartObject();
        string? last = null;
        foreach (var (key, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (key == last)
            {
                throw new ArgumentException($"The key {key} is there twice.", nameof(members));
            }

            json.WritePropertyName(last = key);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case (string, object)[] members:
                Write(json, members);
                break;
            case IEnumerable<object> items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A value of type {value.GetType()} has no canonical text.", nameof(value));
        }
    }
}
