using System.Globalization;
using System.Text;
using System.Text.Json;
using CreditManager.Core.Money;

namespace CreditManager.Core.Records;

/// <summary>Members of a JSON object, read strictly: what is missing or of another type is named in the error.</summary>
/// <param name="element">An object.</param>
/// <param name="place">What comes before a member's name in errors, such as <c>details.</c>; empty for a whole line.</param>
internal readonly struct JsonFields(JsonElement element, string place)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>How many members there are.</summary>
    public int Count => element.GetPropertyCount();

    /// <summary>Reads one JSON object and hands it on; a member that is there twice is an error, because readers differ in which one they see.</summary>
    /// <exception cref="FormatException">Not a JSON object, or not what <paramref name="read"/> expects.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, string place, Func<JsonFields, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(new JsonFields(document.RootElement, place))
                : throw new FormatException($"{Name(place)} is {Describe(document.RootElement)}; it should be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new FormatException(
                e.BytePositionInLine is { } at
                    ? string.Create(CultureInfo.InvariantCulture, $"{Name(place)} is not a JSON object (byte {at + 1}).")
                    : $"{Name(place)} has a member twice.",
                e);
        }
        catch (InvalidOperationException e)
        {
            // A text with half a surrogate pair, or bytes that are no UTF-8.
            throw new FormatException($"{Name(place)} holds a text that is not Unicode.", e);
        }
    }

    public bool Has(ReadOnlySpan<byte> name) => element.TryGetProperty(name, out _);

    public bool IsNull(ReadOnlySpan<byte> name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    public string Text(ReadOnlySpan<byte> name) => Get(name, JsonValueKind.String, "a text").GetString()!;

    public string? FindText(ReadOnlySpan<byte> name) => Has(name) ? Text(name) : null;

    public long Whole(ReadOnlySpan<byte> name) =>
        Get(name, JsonValueKind.Number, "a whole number").TryGetInt64(out var value) ? value : throw Wrong(name, "a whole number of at most 64 bits");

    public long? FindWhole(ReadOnlySpan<byte> name) => Has(name) ? Whole(name) : null;

    /// <summary>A whole number; null where there is none or the value is null.</summary>
    public long? FindNumber(ReadOnlySpan<byte> name) =>
        Has(name) && !IsNull(name) ? Whole(name) : null;

    /// <summary>A decimal number of GRC; null where there is none or the value is null.</summary>
    public GrcAmount? FindGrc(ReadOnlySpan<byte> name)
    {
        if (!Has(name) || IsNull(name))
        {
            return null;
        }

        return Get(name, JsonValueKind.Number, GrcAmount.Allowed).TryGetDecimal(out var grc) && GrcAmount.TryFrom(grc, out var amount)
            ? amount
            : throw Wrong(name, GrcAmount.Allowed);
    }

    public int Count32(ReadOnlySpan<byte> name) =>
        Whole(name) is >= 0 and <= int.MaxValue and var value ? (int)value : throw Wrong(name, "a whole number from 0 to 2147483647");

    /// <summary>A time as the ledger writes it in details.</summary>
    public DateTimeOffset Time(ReadOnlySpan<byte> name) =>
        LedgerTime.TryRead(Text(name), out var time) ? time : throw Wrong(name, "a time such as 2026-01-31T12:00:00.000000Z");

    public DateTimeOffset? FindTime(ReadOnlySpan<byte> name) => Has(name) ? Time(name) : null;

    /// <summary>A time as the service writes it: in UTC, of whole microseconds, in one spelling.</summary>
    public DateTimeOffset MachineTime(ReadOnlySpan<byte> name)
    {
        const string expected = "a time in UTC of whole microseconds, such as 2026-01-31T12:00:00.5+00:00";
        var element = Get(name, JsonValueKind.String, expected);
        return element.TryGetDateTimeOffset(out var value)
            && value.Ticks % TimeSpan.TicksPerMicrosecond == 0
            && element.ValueEquals(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'+00:00'", CultureInfo.InvariantCulture))
                ? value
                : throw Wrong(name, expected);
    }

    public IReadOnlyList<string> Texts(ReadOnlySpan<byte> name)
    {
        var list = new List<string>();
        foreach (var item in Get(name, JsonValueKind.Array, "a list").EnumerateArray())
        {
            list.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, "a list of texts"));
        }

        return list;
    }

    public IReadOnlyList<T> Objects<T>(ReadOnlySpan<byte> name, Func<JsonFields, T> read)
    {
        var list = new List<T>();
        foreach (var item in Get(name, JsonValueKind.Array, "a list").EnumerateArray())
        {
            list.Add(item.ValueKind == JsonValueKind.Object
                ? read(new JsonFields(item, string.Create(CultureInfo.InvariantCulture, $"{place}{Encoding.UTF8.GetString(name)}[{list.Count}].")))
                : throw Wrong(name, "a list of objects"));
        }

        return list;
    }

    public T Object<T>(ReadOnlySpan<byte> name, Func<JsonFields, T> read) =>
        read(new JsonFields(Get(name, JsonValueKind.Object, "an object"), $"{place}{Encoding.UTF8.GetString(name)}."));

    /// <summary>All members, whose names are data.</summary>
    public IReadOnlyDictionary<string, long> WholeMembers()
    {
        var members = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out var value)
                ? value
                : throw new FormatException($"{place}{member.Name} is {Describe(member.Value)}; it should be a whole number of at most 64 bits.");
        }

        return members;
    }

    /// <summary>An error about one member.</summary>
    public FormatException Wrong(ReadOnlySpan<byte> name, string allowed) =>
        new($"{place}{Encoding.UTF8.GetString(name)} is {Describe(element.GetProperty(name))}; it should be {allowed}.");

    /// <exception cref="FormatException">There are other members than <paramref name="known"/>.</exception>
    public void AllowOnly(IReadOnlyList<string> known)
    {
        // The members were read one by one before, so as many members as there should be are those that should be.
        if (Count != known.Count)
        {
            var unknown = element.EnumerateObject().First(m => !known.Contains(m.Name)).Name;
            throw new FormatException($"{place}{Shorten(unknown)} is not part of this format; its members are {string.Join(", ", known)}.");
        }
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"\"{Shorten(value.GetString()!)}\"",
        _ => Shorten(value.GetRawText()),
    };

    private static string Shorten(string text)
    {
        const int longest = 100;
        return text.Length > longest ? string.Concat(text.AsSpan(0, longest), "…") : text;
    }

    private static string Name(string place) => place.Length == 0 ? "the line" : place.TrimEnd('.');

    private JsonElement Get(ReadOnlySpan<byte> name, JsonValueKind kind, string allowed)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            throw new FormatException($"{place}{Encoding.UTF8.GetString(name)} is missing.");
        }

        return value.ValueKind == kind ? value : throw Wrong(name, allowed);
    }
}
