using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>Looks for a transfer in the wallet's list.</summary>
internal sealed class TransferFinder(IWallet wallet, IKillPoints killPoints)
{
    private const int FirstPage = 200;
    private const int NextPages = 10_000;

    /// <summary>Entries that are read twice, so that none is missed where the list loses some between two pages.</summary>
    private const int Overlap = 100;

    private readonly HashSet<string> _lookedThrough = new(StringComparer.Ordinal);

    /// <summary>Whether the wallet has carried it out.</summary>
    /// <param name="sent">The transfer.</param>
    /// <param name="certain">
    /// Whether a no must be certain. It is so the first time too; after that what comes stands among the newest, and a long list
    /// is not gone through again and again.
    /// </param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task<bool> HasAsync(Transfer sent, bool certain, CancellationToken cancellationToken)
    {
        var thorough = certain || !_lookedThrough.Contains(sent.Comment);
        var (skip, count) = (0, FirstPage);
        while (true)
        {
            killPoints.Pass(KillPoint.BeforeLookup);
            var page = await wallet.ListTransactionsAsync(sent.Source, count, skip, cancellationToken);
            killPoints.Pass(KillPoint.AfterLookup);
            if (page.Any(t => t.Comment == sent.Comment && t.OtherAccount == sent.Target && t.Amount == -sent.Amount))
            {
                _lookedThrough.Remove(sent.Comment);
                return true;
            }

            if (page.Count < count || !thorough)
            {
                _lookedThrough.Add(sent.Comment);
                return false;
            }

            (skip, count) = (skip + count - Overlap, NextPages);
        }
    }
}
