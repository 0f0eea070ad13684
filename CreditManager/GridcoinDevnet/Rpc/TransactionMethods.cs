using System.Text.Json.Nodes;
using GridcoinDevnet.Wallet;

namespace GridcoinDevnet.Rpc;

/// <summary>Lists of what happened.</summary>
internal static class TransactionMethods
{
    public static IEnumerable<RpcMethod> All =>
    [
        new("listtransactions", 0, List),
        new("listsinceblock", 0, ListSince),
        new("gettransaction", 1, Find),
        new("listunspent", 0, c => new JsonArray([.. c.State.Received.Select(r => Unspent(c.State, r))])),
        new("getbalancedetail", 0, c => new JsonObject
        {
            ["balance"] = Halfords.Json(c.State.ReceivedBy(null, 1)), ["fees"] = Halfords.Json(0), ["list"] = new JsonArray(),
        }),
    ];

    /// <summary>The newest <c>count</c> entries after skipping the newest <c>from</c>, oldest first.</summary>
    private static JsonArray List(RpcCall call)
    {
        var account = call.Params.Text(0, "*");
        var (count, from) = (call.Params.Integer(1, 10), call.Params.Integer(2, 0));
        if (count < 0 || from < 0)
        {
            throw new RpcException(RpcErrors.InvalidParameter, count < 0 ? "Negative count" : "Negative from");
        }

        return new JsonArray([.. call.State.NewestFirst(account).Skip(from).Take(count).Reverse().Select(e => Json(call.State, e))]);
    }

    /// <summary>
    /// Coins of the chain, moves not. The daemon lists what is less deep than the block given, and all where it does not know
    /// the block; <c>lastblock</c> is as deep as the target asked for. There is one block here, and it stands for that depth.
    /// </summary>
    private static JsonObject ListSince(RpcCall call)
    {
        var (block, target) = (call.Params.Text(0, ""), call.Params.Integer(1, 1));
        if (target < 1)
        {
            throw new RpcException(RpcErrors.InvalidParameter, "Invalid parameter");
        }

        var known = block == call.State.Keys!.BlockHash;
        var listed = call.State.Received.Where(r => !known || call.State.Confirmations(r.TxId) < target);
        return new JsonObject
        {
            ["transactions"] = new JsonArray([.. listed.Select(r => Json(call.State, r))]),
            ["lastblock"] = call.State.Keys!.BlockHash,
        };
    }

    private static JsonObject Find(RpcCall call)
    {
        var id = call.Params.Text(0);
        var received = call.State.Received.Where(r => r.TxId == id).ToList();
        if (received.Count == 0)
        {
            throw new RpcException(RpcErrors.InvalidAddressOrKey, "No information available about transaction");
        }

        return new JsonObject
        {
            ["txid"] = id,
            ["time"] = received[0].Time,
            ["confirmations"] = call.State.Confirmations(id),
            ["amount"] = Halfords.Json(received.Sum(r => r.Halfords)),
            ["details"] = new JsonArray([.. received.Select(r => new JsonObject
            {
                ["account"] = r.Account,
                ["address"] = r.Address,
                ["category"] = "receive",
                ["amount"] = Halfords.Json(r.Halfords),
            })]),
        };
    }

    private static JsonObject Json(WalletState state, WalletEntry entry) => entry switch
    {
        MoveEntry move => new JsonObject
        {
            ["account"] = move.Account,
            ["category"] = "move",
            ["time"] = move.Time,
            ["amount"] = Halfords.Json(move.Halfords),
            ["otheraccount"] = move.OtherAccount,
            ["comment"] = move.Comment,
        },
        ReceiveEntry received => new JsonObject
        {
            ["account"] = received.Account,
            ["address"] = received.Address,
            ["category"] = "receive",
            ["amount"] = Halfords.Json(received.Halfords),
            ["confirmations"] = state.Confirmations(received.TxId),
            ["txid"] = received.TxId,
            ["time"] = received.Time,
            ["timereceived"] = received.Time,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry, null),
    };

    private static JsonObject Unspent(WalletState state, ReceiveEntry received) => new()
    {
        ["txid"] = received.TxId,
        ["vout"] = 0,
        ["address"] = received.Address,
        ["account"] = received.Account,
        ["amount"] = Halfords.Json(received.Halfords),
        ["confirmations"] = state.Confirmations(received.TxId),
    };
}
