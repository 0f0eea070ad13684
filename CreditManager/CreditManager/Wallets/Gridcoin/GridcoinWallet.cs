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

    /// <summary>No block has it.</summary>
    private static readonly string UnknownBlock = new('0', 64);

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
                credits.ToDictionary(g => g.Key, g => g.Aggregate(GrcAmount.Zero, (sum, d) => sum + RpcJson.Amount(d, "amount", Method))),
                RpcJson.OptionalTime(answer, "timereceived", Method) ?? RpcJson.OptionalTime(answer, "time", Method));
        }
        catch (WalletException e) when (e.Code == UnknownTransaction)
        {
            return null;
        }
    }

    public async Task<IncomingList> ListIncomingAsync(string? since, CancellationToken cancellationToken)
    {
        const string Method = "listsinceblock";
        // A block that is as deep as coins must be: the daemon lists what is less deep, and all where it does not know the block.
        var answer = await rpc.CallAsync(Method, cancellationToken, since ?? UnknownBlock, confirmations);
        var coins = RpcJson.Member(answer, "transactions", JsonValueKind.Array, Method).EnumerateArray()
            .Where(e => RpcJson.Text(e, "category", Method) == "receive")
            .Select(e => Incoming(e, Method))
            .Where(c => c.Confirmations >= 0 && c.Confirmations < confirmations);
        return new IncomingList([.. coins], RpcJson.Text(answer, "lastblock", Method));
    }

    public async Task<string> GetAddressAsync(string account, CancellationToken cancellationToken)
    {
        const string Method = "getaccountaddress";
        return RpcJson.Expect(await rpc.CallAsync(Method, cancellationToken, account), JsonValueKind.String, Method).GetString()!;
    }

    private static IncomingCoins Incoming(JsonElement entry, string method) => new(
        RpcJson.Text(entry, "account", method),
        RpcJson.Amount(entry, "amount", method),
        RpcJson.Text(entry, "txid", method),
        RpcJson.OptionalInteger(entry, "confirmations", method) ?? 0,
        RpcJson.OptionalTime(entry, "timereceived", method));

    private static WalletTransaction Transaction(JsonElement entry, string method)
    {
        var category = RpcJson.Text(entry, "category", method);
        // Coins that the wallet sends to itself are listed twice, both times with the fee, which is paid once.
        var fee = category == "send" && entry.TryGetProperty("fee", out var given) ? RpcJson.Amount(given, method) : GrcAmount.Zero;
        return new WalletTransaction(
            category,
            RpcJson.Amount(entry, "amount", method) + fee,
            RpcJson.OptionalText(entry, "otheraccount"),
            RpcJson.OptionalText(entry, "comment") ?? "",
            RpcJson.OptionalText(entry, "txid"),
            RpcJson.OptionalInteger(entry, "confirmations", method),
            RpcJson.OptionalTime(entry, "time", method));
    }
}
