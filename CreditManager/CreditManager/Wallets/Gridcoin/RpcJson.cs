using System.Text.Json;
using CreditManager.Core.Money;

namespace CreditManager.Wallets.Gridcoin;

/// <summary>Reads parts of results; whatever is not as the daemon writes it makes the answer unclear.</summary>
internal static class RpcJson
{
    /// <exception cref="WalletException">Another kind.</exception>
    public static JsonElement Expect(JsonElement element, JsonValueKind kind, string method) =>
        element.ValueKind == kind ? element : throw RpcClient.Unclear(method, $"the result is {element.ValueKind} in the place of {kind}.");

    /// <exception cref="WalletException">Missing, or of another kind.</exception>
    public static JsonElement Member(JsonElement element, string name, JsonValueKind kind, string method) =>
        Expect(element, JsonValueKind.Object, method).TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw RpcClient.Unclear(method, $"the result has no {name} that is {kind}.");

    public static string Text(JsonElement element, string name, string method) =>
        Member(element, name, JsonValueKind.String, method).GetString()!;

    public static string? OptionalText(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    public static int? OptionalInteger(JsonElement element, string name, string method) =>
        !element.TryGetProperty(name, out var member) ? null
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var value) ? value
        : throw RpcClient.Unclear(method, $"{name} is {member.GetRawText()} in the place of a whole number.");

    public static GrcAmount Amount(JsonElement element, string name, string method) =>
        Amount(Member(element, name, JsonValueKind.Number, method), method);

    /// <summary>An amount, from the number's own digits: a floating-point number would round it.</summary>
    public static GrcAmount Amount(JsonElement element, string method) =>
        element.ValueKind == JsonValueKind.Number && GrcAmount.TryParse(element.GetRawText(), out var amount)
            ? amount
            : throw RpcClient.Unclear(method, $"{element.GetRawText()} is no amount.");
}
