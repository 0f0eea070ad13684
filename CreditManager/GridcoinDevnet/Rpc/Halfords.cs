using System.Text.Json.Nodes;

namespace GridcoinDevnet.Rpc;

/// <summary>Amounts as the daemon writes them: numbers with eight decimals.</summary>
internal static class Halfords
{
    public const long PerGrc = 100_000_000;

    private const byte Decimals = 8;

    /// <summary>A decimal keeps its trailing zeros when it is written, so 4 GRC read 4.00000000.</summary>
    public static JsonNode Json(long halfords)
    {
        var magnitude = (ulong)Int128.Abs(halfords);
        return JsonValue.Create(new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, halfords < 0, Decimals));
    }
}
