using CreditManager.Contracts;
using CreditManager.Options;
using CreditManager.Storage;
using CreditManager.Wallets;

namespace CreditManager.Deposits;

/// <summary>Shows a user's top-ups: receipts with their answers, and coins on their way that nobody claimed.</summary>
internal sealed class DepositBoard(CreditDatabase database, WalletOptions options, IncomingBoard incoming, TimeProvider time)
{
    private const int MostClaims = 1000;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<DepositView> List(string user)
    {
        var coming = incoming.Of(user).GroupBy(c => c.TransactionId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var claims = database.Read(db => db.ListClaims(user, MostClaims)).Select(c => (Claim: c, Receipt: Receipt.Read(c.Text) as TransactionReceipt)).ToList();
        var claimed = claims.Select(c => c.Receipt?.TransactionId).ToHashSet();
        return
        [
            .. claims.Select(c => View(c.Claim, c.Receipt?.TransactionId, coming))
                .Concat(coming.Where(c => !claimed.Contains(c.Key)).Select(c => View(user, c.Key, c.Value)))
                .OrderByDescending(v => v.SeenAt),
        ];
    }

    private DepositView View(StoredClaim claim, string? transactionId, Dictionary<string, List<IncomingCoins>> coming)
    {
        var (result, amount, reason) = claim.Outcome;
        var progress = result == DepositResult.Pending && transactionId is not null && coming.TryGetValue(transactionId, out var coins)
            ? Progress(coins, claim.AskedAt)
            : null;
        return new DepositView(
            claim.User,
            transactionId ?? claim.Id,
            amount,
            result,
            progress?.ToString() ?? reason,
            progress?.Confirmations,
            progress?.Needed,
            progress?.ExpectedSeconds,
            claim.AskedAt);
    }

    private DepositView View(string user, string transactionId, List<IncomingCoins> coins)
    {
        var seenAt = coins[0].SeenAt ?? time.GetUtcNow();
        var progress = Progress(coins, seenAt);
        return new DepositView(
            user,
            transactionId,
            coins.Sum(c => c.Amount.Halfords),
            DepositResult.Pending,
            progress.ToString(),
            progress.Confirmations,
            progress.Needed,
            progress.ExpectedSeconds,
            seenAt);
    }

    private DepositProgress Progress(List<IncomingCoins> coins, DateTimeOffset otherwise) =>
        DepositProgress.Of(coins[0].Confirmations, options.Confirmations, coins[0].SeenAt ?? otherwise, time.GetUtcNow());
}
