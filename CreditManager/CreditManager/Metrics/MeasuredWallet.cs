using CreditManager.Core.Money;
using CreditManager.Wallets;
using ServiceDefaults;

namespace CreditManager.Metrics;

/// <summary>A wallet whose calls are timed.</summary>
internal sealed class MeasuredWallet(IWallet wallet, CreditMetrics metrics, TimeProvider time) : IWallet
{
    public Task<IReadOnlyDictionary<string, GrcAmount>> ListAccountsAsync(CancellationToken cancellationToken) =>
        MeasureAsync("list_accounts", () => wallet.ListAccountsAsync(cancellationToken));

    public Task MoveAsync(string source, string target, GrcAmount amount, string comment, CancellationToken cancellationToken) =>
        MeasureAsync("move", async () =>
        {
            await wallet.MoveAsync(source, target, amount, comment, cancellationToken);
            return true;
        });

    public Task<IReadOnlyList<WalletTransaction>> ListTransactionsAsync(string account, int count, int skip, CancellationToken cancellationToken) =>
        MeasureAsync("list_transactions", () => wallet.ListTransactionsAsync(account, count, skip, cancellationToken));

    public Task<ChainTransaction?> FindTransactionAsync(string transactionId, CancellationToken cancellationToken) =>
        MeasureAsync("find_transaction", () => wallet.FindTransactionAsync(transactionId, cancellationToken));

    public Task<IncomingList> ListIncomingAsync(string? since, CancellationToken cancellationToken) =>
        MeasureAsync("list_incoming", () => wallet.ListIncomingAsync(since, cancellationToken));

    public Task<string> GetAddressAsync(string account, CancellationToken cancellationToken) =>
        MeasureAsync("get_address", () => wallet.GetAddressAsync(account, cancellationToken));

    private async Task<T> MeasureAsync<T>(string method, Func<Task<T>> call)
    {
        var startedAt = time.GetTimestamp();
        var result = "ok";
        try
        {
            return await call();
        }
        catch (Exception e)
        {
            result = e switch
            {
                WalletException wallet => KeyText.Of(wallet.Failure.ToString()),
                OperationCanceledException => "cancelled",
                _ => "failed",
            };
            throw;
        }
        finally
        {
            metrics.WalletCalled(method, time.GetElapsedTime(startedAt), result);
        }
    }
}
