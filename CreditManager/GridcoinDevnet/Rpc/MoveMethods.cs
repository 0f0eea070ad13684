using System.Text.Json.Nodes;
using GridcoinDevnet.Wallet;

namespace GridcoinDevnet.Rpc;

/// <summary>Moves between accounts.</summary>
internal static class MoveMethods
{
    public static IEnumerable<RpcMethod> All => [new("move", 3, Move)];

    /// <summary>An account may go below zero, and to itself: the daemon does not mind.</summary>
    private static JsonNode Move(RpcCall call)
    {
        var (from, to) = (call.Params.Text(0), call.Params.Text(1));
        var amount = call.Params.Amount(2);
        _ = call.Params.Integer(3, 1);
        var comment = call.Params.Text(4, "");
        if (!call.State.CanMove(from, to, amount))
        {
            throw RpcErrors.InvalidAmount();
        }

        call.Book.Write(new Moved(from, to, amount, comment, call.Now));
        return true;
    }
}
