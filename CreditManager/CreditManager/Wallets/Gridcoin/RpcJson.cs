using System.Text.Json;
using CreditManager.Core.Money;

namespace CreditManager.Wallets.Gridcoin;

/// <summary>Reads parts of results; whatever is not as the daemon writes it makes the answer unclear.</summary>
internal static class RpcJson
{
    /// <summary>The last second of the year 9999.</summary>
    private const long LatestTime = 253_402_300_799;

    /// <exception cref="WalletException">Another kind.</exception>
    public static JsonElement Expect(JsonElement element, JsonValueKind kind, string method) =>
        element.ValueKind == kind ? element : throw RpcClient.Unclear(method, $"the result is {element.ValueKind} in the place of {kind}.");

    /// <exception cref="WalletException">Missing, or of another kind.</exception>
    public static JsonElement Member(JsonElement element, string name, JsonValueKind kind, string method) =>
        Expect(element, JsonValueKind.Object, method).TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw RpcClient.Unclear(method, $"the result has no {name} that is {kind}.");

    public static string Text(JsonElement element, string name, string method) =>
        ReadText(Member(element, name, JsonValueKind.String, method));

    public static string? OptionalText(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? ReadText(member) : null;

    public static int? OptionalInteger(JsonElement element, string name, string method) =>
        !element.TryGetProperty(name, out var member) ? null
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var value) ? value
        : throw RpcClient.Unclear(method, $"{name} is {member.GetRawText()} in the place of a whole number.");

    /// <summary>A time in seconds since 1970.</summary>
    public static DateTimeOffset? OptionalTime(JsonElement element, string name, string method) =>
        !element.TryGetProperty(name, out var member) ? null
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var seconds) && seconds is >= 0 and <= LatestTime
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : throw RpcClient.Unclear(method, $"{name} is {member.GetRawText()} in the place of a time.");

    public static GrcAmount Amount(JsonElement element, string name, string method) =>
        Amount(Member(element, name, JsonValueKind.Number, method), method);

    /// <summary>An amount, from the number's own digits: a floating-point number would round it.</summary>
    public static GrcAmount Amount(JsonElement element, string method) =>
        element.ValueKind == JsonValueKind.Number && GrcAmount.TryParse(element.GetRawText(), out var amount)
            ? amount
            : throw RpcClient.Unclear(method, $"{element.GetRawText()} is no amount.");

    /// <summary>A text that is no text (half a surrogate pair in somebody's comment) is taken as it is written.</summary>
    private static string ReadText(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText();
        }
    }
}
