using System.Globalization;
using System.Text.Json;

namespace GridcoinDevnet.Rpc;

/// <summary>Parameters by position, with the daemon's complaints about wrong ones.</summary>
internal sealed class RpcParams(JsonElement array)
{
    /// <summary>The most coins there can be: 2,000,000,000 GRC.</summary>
    private const decimal MostGrc = 2_000_000_000m;

    public int Count => array.ValueKind == JsonValueKind.Array ? array.GetArrayLength() : 0;

    public JsonElement this[int index] => array[index];

    public string Text(int index) => array[index].ValueKind == JsonValueKind.String
        ? array[index].GetString()!
        : throw new RpcException(RpcErrors.Misc, "JSON value is not a string as expected");

    public string Text(int index, string otherwise) => Has(index) ? Text(index) : otherwise;

    public int Integer(int index, int otherwise) => !Has(index)
        ? otherwise
        : array[index].ValueKind == JsonValueKind.Number && array[index].TryGetInt32(out var value)
            ? value
            : throw new RpcException(RpcErrors.Misc, "JSON value is not an integer as expected");

    /// <summary>An amount in halfords; more than eight decimals are cut, as the daemon does.</summary>
    public long Amount(int index) => Amount(array[index]);

    public static long Amount(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Number)
        {
            throw new RpcException(RpcErrors.Misc, "JSON value is not a number as expected");
        }

        return decimal.TryParse(element.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var grc)
            && grc is > 0 and <= MostGrc
            ? (long)decimal.Truncate(grc * Halfords.PerGrc)
            : throw RpcErrors.InvalidAmount();
    }

    private bool Has(int index) => index < Count && array[index].ValueKind != JsonValueKind.Null;
}
