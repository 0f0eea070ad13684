using System.Globalization;
using System.Text.Json.Nodes;
using GridcoinDevnet.Wallet;

namespace GridcoinDevnet.Rpc;

/// <summary>Accounts, their addresses and balances.</summary>
internal static class AccountMethods
{
    private const string AllAccounts = "*";

    public static IEnumerable<RpcMethod> All =>
    [
        new("listaccounts", 0, ListAccounts),
        new("getbalance", 0, Balance),
        new("getunconfirmedbalance", 0, c => Halfords.Json(c.State.ReceivedBy(null, 0) - c.State.ReceivedBy(null, 1))),
        new("getaccountaddress", 1, c => c.Book.UnusedAddress(c.Params.Text(0))),
        new("getaddressesbyaccount", 1, c => Array(c.State.AddressesOf(c.Params.Text(0)))),
        new("getaccount", 1, c => KeyChain.IsAddress(c.Params.Text(0))
            ? c.State.FindAddress(c.Params.Text(0))?.Account ?? ""
            : throw RpcErrors.InvalidAddress()),
        new("validateaddress", 1, ValidateAddress),
        new("getreceivedbyaccount", 1, c => Halfords.Json(c.State.ReceivedBy(c.Params.Text(0), c.Params.Integer(1, 1)))),
        new("listreceivedbyaccount", 0, ListReceived),
    ];

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode?)t)]);

    private static JsonObject ListAccounts(RpcCall call)
    {
        var minConfirmations = call.Params.Integer(0, 1);
        return new JsonObject(call.State.Accounts.Select(
            a => KeyValuePair.Create(a, (JsonNode?)Halfords.Json(call.State.Balance(a, minConfirmations)))));
    }

    /// <summary>Without an account only coins of the chain count; moves never change that sum.</summary>
    private static JsonNode Balance(RpcCall call)
    {
        var account = call.Params.Text(0, AllAccounts);
        var minConfirmations = call.Params.Integer(1, 1);
        return Halfords.Json(account == AllAccounts
            ? call.State.ReceivedBy(null, minConfirmations)
            : call.State.Balance(account, minConfirmations));
    }

    private static JsonObject ValidateAddress(RpcCall call)
    {
        var address = call.Params.Text(0);
        if (!KeyChain.IsAddress(address))
        {
            return new JsonObject { ["isvalid"] = false };
        }

        var answer = new JsonObject { ["isvalid"] = true, ["address"] = address };
        if (call.State.FindAddress(address) is not { } mine)
        {
            answer["ismine"] = false;
            return answer;
        }

        answer["ismine"] = true;
        answer["isscript"] = false;
        answer["pubkey"] = call.State.Keys!.PublicKey(mine.Number);
        answer["iscompressed"] = true;
        answer["account"] = mine.Account;
        answer["hdkeypath"] = string.Create(CultureInfo.InvariantCulture, $"m/0'/0'/{mine.Number}'");
        answer["hdmasterkeyid"] = call.State.Keys!.MasterKeyId;
        return answer;
    }

    private static JsonArray ListReceived(RpcCall call)
    {
        var minConfirmations = call.Params.Integer(0, 1);
        var empty = call.Params.Count > 1 && call.Params[1].ValueKind == System.Text.Json.JsonValueKind.True;
        var accounts = call.State.AccountsWithAddress.Where(a => empty || call.State.ReceivedBy(a, minConfirmations) > 0);
        return new JsonArray([.. accounts.Select(account => new JsonObject
        {
            ["account"] = account,
            ["amount"] = Halfords.Json(call.State.ReceivedBy(account, minConfirmations)),
            ["confirmations"] = call.State.Received.Where(r => r.Account == account)
                .Select(r => call.State.Confirmations(r.TxId)).DefaultIfEmpty().Min(),
        })]);
    }
}
