using System.Text.Json;
using System.Text.Json.Nodes;
using GridcoinDevnet.Wallet;

namespace GridcoinDevnet.Rpc;

/// <summary>Sending to the chain. There is none, so the wallet never has spendable coins: it refuses as the daemon does then.</summary>
internal static class SendMethods
{
    public static IEnumerable<RpcMethod> All =>
    [
        new("sendtoaddress", 2, c => Refuse(c.Params.Text(0), c.Params[1], RpcErrors.Wallet, "Insufficient funds")),
        new("sendfrom", 3, c => Refuse(c.Params.Text(1), c.Params[2], RpcErrors.InsufficientFunds, "Account has insufficient funds")),
        new("sendmany", 2, SendMany),
    ];

    private static JsonNode? SendMany(RpcCall call)
    {
        var targets = call.Params[1].ValueKind == JsonValueKind.Object
            ? call.Params[1].EnumerateObject().ToList()
            : throw new RpcException(RpcErrors.Misc, "JSON value is not an object as expected");
        foreach (var target in targets)
        {
            Check(target.Name, target.Value);
        }

        throw new RpcException(RpcErrors.InsufficientFunds, "Account has insufficient funds");
    }

    private static JsonNode? Refuse(string address, JsonElement amount, int code, string message)
    {
        Check(address, amount);
        throw new RpcException(code, message);
    }

    private static void Check(string address, JsonElement amount)
    {
        if (!KeyChain.IsAddress(address))
        {
            throw RpcErrors.InvalidAddress();
        }

        _ = RpcParams.Amount(amount);
    }
}
