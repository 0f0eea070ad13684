using System.Text.Json;
using CreditManager.Core.Money;

namespace CreditManager.Wallets.Gridcoin;

/// <summary><see cref="IWallet"/> by the calls of gridcoinresearchd; the daemon must run with <c>enableaccounts=1</c>.</summary>
/// <param name="rpc">Speaks to the daemon.</param>
/// <param name="confirmations">How deep in the chain coins must be before they count.</param>
internal sealed class GridcoinWallet(RpcClient rpc, int confirmations) : IWallet
{
    /// <summary>The daemon's RPC_INVALID_ADDRESS_OR_KEY: for <c>gettransaction</c> it means "not in this wallet".</summary>
    private const int UnknownTransaction = -5;

    /// <summary>A parameter of <c>move</c> that the daemon does not use.</summary>
    private const int UnusedMinConfirmations = 1;

    public async Task<IReadOnlyDictionary<string, GrcAmount>> ListAccountsAsync(CancellationToken cancellationToken)
    {
        const string Method = "listaccounts";
        var answer = await rpc.CallAsync(Method, cancellationToken, confirmations);
        return RpcJson.Expect(answer, JsonValueKind.Object, Method).EnumerateObject()
            .ToDictionary(account => account.Name, account => RpcJson.Amount(account.Value, Method), StringComparer.Ordinal);
    }

    public async Task MoveAsync(string source, string target, GrcAmount amount, string comment, CancellationToken cancellationToken)
    {
        var answer = await rpc.CallAsync("move", cancellationToken, source, target, amount, UnusedMinConfirmations, comment);
        if (answer.ValueKind != JsonValueKind.True)
        {
            throw RpcClient.Unclear("move", $"answered {answer.GetRawText()} in the place of true.");
        }
    }

    public async Task<IReadOnlyList<WalletTransaction>> ListTransactionsAsync(
        string account, int count, int skip, CancellationToken cancellationToken)
    {
        const string Method = "listtransactions";
        var answer = await rpc.CallAsync(Method, cancellationToken, account, count, skip);
        // The daemon lists the oldest first.
        return [.. RpcJson.Expect(answer, JsonValueKind.Array, Method).EnumerateArray().Select(e => Transaction(e, Method)).Reverse()];
    }

    public async Task<ChainTransaction?> FindTransactionAsync(string transactionId, CancellationToken cancellationToken)
    {
        const string Method = "gettransaction";
        try
        {
            var answer = await rpc.CallAsync(Method, cancellationToken, transactionId);
            var credits = RpcJson.Member(answer, "details", JsonValueKind.Array, Method).EnumerateArray()
                .Where(detail => RpcJson.Text(detail, "category", Method) != "send")
                .GroupBy(detail => RpcJson.Text(detail, "account", Method), StringComparer.Ordinal);
            return new ChainTransaction(
                RpcJson.OptionalInteger(answer, "confirmations", Method) ?? 0,
                credits.ToDictionary(g => g.Key, g => g.Aggregate(GrcAmount.Zero, (sum, d) => sum + RpcJson.Amount(d, "amount", Method))));
        }
        catch (WalletException e) when (e.Code == UnknownTransaction)
        {
            return null;
        }
    }

    public async Task<string> GetAddressAsync(string account, CancellationToken cancellationToken)
    {
        const string Method = "getaccountaddress";
        return RpcJson.Expect(await rpc.CallAsync(Method, cancellationToken, account), JsonValueKind.String, Method).GetString()!;
    }

    private static WalletTransaction Transaction(JsonElement entry, string method)
    {
        var fee = entry.TryGetProperty("fee", out var given) ? RpcJson.Amount(given, method) : GrcAmount.Zero;
        return new WalletTransaction(
            RpcJson.Text(entry, "category", method),
            RpcJson.Amount(entry, "amount", method) + fee,
            RpcJson.OptionalText(entry, "otheraccount"),
            RpcJson.OptionalText(entry, "comment") ?? "",
            RpcJson.OptionalText(entry, "txid"),
            RpcJson.OptionalInteger(entry, "confirmations", method));
    }
}
