using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CreditManager.Core.Money;

namespace CreditManager.Wallets;

/// <summary>An entry of an account.</summary>
/// <param name="Category">The wallet's word for it: <c>move</c>, <c>receive</c>, <c>send</c>…</param>
/// <param name="Amount">Its effect on the account, fee included.</param>
/// <param name="OtherAccount">The other side of a move; null for others.</param>
/// <param name="Comment">Its comment; empty where it has none.</param>
/// <param name="TransactionId">Of a transaction of the chain; null for a move.</param>
/// <param name="Confirmations">Of a transaction of the chain; null for a move, which needs none.</param>
/// <param name="At">When the wallet made or saw it; null where it does not say.</param>
internal sealed record WalletTransaction(
    string Category, GrcAmount Amount, string? OtherAccount, string Comment, string? TransactionId, int? Confirmations, DateTimeOffset? At = null)
{
    private const int FingerprintDigits = 16;

    /// <summary>The same whenever the transaction is listed, however deep it is by then.</summary>
    public string Fingerprint
    {
        get
        {
            var at = At?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            string?[] facts = TransactionId is null ? ["move", at, OtherAccount, Comment] : ["chain", TransactionId, Category == "send" ? "send" : "receive", ""];
            var text = string.Join('\n', [Amount.ToWalletText(), .. facts]);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..FingerprintDigits];
        }
    }

    /// <summary>Whether it is in the account's balance, as the daemon reckons: what is sent counts at once, what is staked when it is mature.</summary>
    /// <param name="needed">How deep in the chain coins must be before they count.</param>
    public bool Counts(int needed) => Category switch
    {
        "move" => true,
        "send" => Confirmations is not < 0,
        "immature" or "orphan" => false,
        _ => Confirmations is not { } depth || depth >= needed,
    };
}
