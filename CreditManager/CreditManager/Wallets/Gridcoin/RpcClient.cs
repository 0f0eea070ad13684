using System.Buffers;
using System.Text;
using System.Text.Json;
using CreditManager.Core.Money;

namespace CreditManager.Wallets.Gridcoin;

/// <summary>JSON-RPC as gridcoinresearchd speaks it: one call, its result or a typed failure.</summary>
internal sealed class RpcClient(RpcTransport transport)
{
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const int LongestQuote = 120;

    private long _lastId;

    /// <summary>Calls a method. Parameters are texts, whole numbers and amounts; amounts are written with all their decimals.</summary>
    /// <returns>The result; valid for as long as the caller keeps it.</returns>
    /// <exception cref="WalletException">See <see cref="IWallet"/>.</exception>
    public async Task<JsonElement> CallAsync(string method, CancellationToken cancellationToken, params object[] parameters)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = await transport.PostAsync(Request(id, method, parameters), cancellationToken);
        if (answer.Status is Unauthorized or Forbidden)
        {
            throw new WalletException(WalletFailure.Unauthorized, $"the wallet refused the RPC user or password (HTTP {answer.Status}).");
        }

        return Result(id, method, answer);
    }

    /// <summary>"This is not an answer."</summary>
    public static WalletException Unclear(string method, string problem, Exception? innerException = null) =>
        new(WalletFailure.Unclear, $"{method}: {problem}", innerException: innerException);

    private static string Request(long id, string method, object[] parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "1.0");
            json.WriteNumber("id", id);
            json.WriteString("method", method);
            json.WriteStartArray("params");
            Array.ForEach(parameters, p => Write(json, p));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, object parameter)
    {
        switch (parameter)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case GrcAmount amount:
                json.WriteRawValue(amount.ToWalletText());
                break;
            default:
                throw new ArgumentException($"{parameter.GetType()} is no RPC parameter.", nameof(parameter));
        }
    }

    private static JsonElement Result(long id, string method, RpcHttpAnswer answer)
    {
        using var document = Parse(method, answer);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("id", out var echoed) || !Is(echoed, id))
        {
            throw Unclear(method, $"the answer (HTTP {answer.Status}) does not belong to the request: {Quote(answer.Body)}");
        }

        if (root.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null)
        {
            throw Refusal(method, answer, error);
        }

        return answer.Status == 200 && root.TryGetProperty("result", out var result)
            ? result.Clone()
            : throw Unclear(method, $"the answer (HTTP {answer.Status}) has neither result nor error: {Quote(answer.Body)}");
    }

    private static JsonDocument Parse(string method, RpcHttpAnswer answer)
    {
        try
        {
            return JsonDocument.Parse(answer.Body);
        }
        catch (JsonException e)
        {
            throw Unclear(method, $"the answer (HTTP {answer.Status}) is no JSON: {Quote(answer.Body)}", e);
        }
    }

    private static WalletException Refusal(string method, RpcHttpAnswer answer, JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object
            || !error.TryGetProperty("code", out var given) || given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out var code))
        {
            return Unclear(method, $"the answer (HTTP {answer.Status}) has an error without a number: {Quote(answer.Body)}");
        }

        var message = error.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        return new WalletException(WalletFailure.Refused, $"{method}: the wallet refused with error {code}: {Quote(message)}", code);
    }

    private static bool Is(JsonElement echoed, long id) =>
        echoed.ValueKind == JsonValueKind.Number && echoed.TryGetInt64(out var number) && number == id;

    private static string Quote(string text) => text.Length > LongestQuote ? text[..LongestQuote] + "…" : text;
}
