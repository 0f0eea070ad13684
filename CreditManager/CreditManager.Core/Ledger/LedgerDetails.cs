using System.Buffers;
using System.Text;
using System.Text.Json;
using CreditManager.Core.Metering;

namespace CreditManager.Core.Ledger;

/// <summary>Writes the details of entries as one JSON object with its keys in ordinal order, so that equal facts have equal text.</summary>
public static class LedgerDetails
{
    /// <summary>Everything that is needed to recompute a charge.</summary>
    public static string Of(UsageCharge charge)
    {
        ArgumentNullException.ThrowIfNull(charge);
        var meter = charge.Meter;
        return Of(
            ("after_microseconds", charge.AfterMicroseconds),
            ("base_microseconds", meter.BaseMicroseconds),
            ("basis", meter.Basis == MeterBasis.Used ? "used" : "allocated"),
            ("before_microseconds", charge.BeforeMicroseconds),
            ("container", meter.ContainerId),
            ("function", meter.Function),
            ("tariff", meter.Tariff.Name),
            ("tariff_version", meter.Tariff.Version),
            ("user", meter.User),
            ("vcore_seconds_per_grc", meter.Tariff.VcoreSecondsPerGrc));
    }

    /// <summary>An object of texts and whole numbers.</summary>
    /// <exception cref="ArgumentException">Another type of value, or a key twice.</exception>
    public static string Of(params (string Key, object Value)[] members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (key, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(key);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
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
            default:
                throw new ArgumentException($"A value of type {value.GetType()} has no canonical text.", nameof(value));
        }
    }
}
