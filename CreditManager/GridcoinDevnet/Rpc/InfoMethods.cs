using System.Text.Json.Nodes;

namespace GridcoinDevnet.Rpc;

/// <summary>What the daemon tells of itself. There is no chain: no blocks, no peers, no staking.</summary>
internal static class InfoMethods
{
    private const string DaemonVersion = "v5.5.1.2-unk";
    private const int WalletVersion = 5040101;
    private const int KeyPoolSize = 101;

    public static IEnumerable<RpcMethod> All =>
    [
        new("getinfo", 0, Info),
        new("getwalletinfo", 0, WalletInfo),
        new("getblockcount", 0, _ => 0),
        new("walletpassphrase", 2, _ => throw new RpcException(
            RpcErrors.WrongEncryptionState, "Error: running with an unencrypted wallet, but walletpassphrase was called.")),
    ];

    private static JsonObject Info(RpcCall call) => new()
    {
        ["version"] = DaemonVersion,
        ["minor_version"] = 5,
        ["protocolversion"] = 180329,
        ["walletversion"] = WalletVersion,
        ["balance"] = Halfords.Json(call.State.ReceivedBy(null, 1)),
        ["newmint"] = Halfords.Json(0),
        ["stake"] = Halfords.Json(0),
        ["blocks"] = 0,
        ["in_sync"] = false,
        ["timeoffset"] = 0,
        ["uptime"] = call.Uptime,
        ["moneysupply"] = Halfords.Json(0),
        ["connections"] = 0,
        ["proxy"] = "",
        ["ip"] = "0.0.0.0",
        ["difficulty"] = JsonNode.Parse("""{"current":1.52587890625e-05,"target":0.0002441371325370145}"""),
        ["testnet"] = true,
        ["keypoololdest"] = call.State.CreatedAt,
        ["keypoolsize"] = KeyPoolSize,
        ["paytxfee"] = Halfords.Json(100_000),
        ["mininput"] = Halfords.Json(0),
        ["errors"] = "",
    };

    private static JsonObject WalletInfo(RpcCall call) => new()
    {
        ["walletversion"] = WalletVersion,
        ["balance"] = Halfords.Json(call.State.ReceivedBy(null, 1)),
        ["newmint"] = Halfords.Json(0),
        ["stake"] = Halfords.Json(0),
        ["keypoololdest"] = call.State.CreatedAt,
        ["keypoolsize"] = KeyPoolSize,
        ["masterkeyid"] = call.State.Keys!.MasterKeyId,
        ["staking"] = false,
        ["mining-error"] = "Disabled by configuration",
    };
}
