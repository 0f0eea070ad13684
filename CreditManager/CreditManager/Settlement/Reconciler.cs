using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Storage;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>
/// Compares each account of the wallet with the ledger. What moved by other hands is booked together with the mark up to where
/// the account's list is booked, so that it is booked once; what no transaction explains is held. Call it inside the wallet gate.
/// </summary>
internal sealed class Reconciler(
    CreditDatabase database, CreditOptions options, AccountHistory history, AccountList accounts, HoldBook holds, IKillPoints killPoints, TimeProvider time)
{
    /// <summary>How often the list of an account is read again whose difference stays as it is.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, long> _lookedAt = new(StringComparer.Ordinal);

    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var before = await accounts.ReadAsync(cancellationToken);
        var doubtful = new List<DriftVerdict>();
        foreach (var position in database.Read(db => AccountPosition.List(db, options.Provider, before)))
        {
            if (position.Difference == GrcAmount.Zero)
            {
                holds.Release(position);
            }
            else if (!IsKnown(position))
            {
                var verdict = await ExamineAsync(position, cancellationToken);
                if (verdict.Certain)
                {
                    Record(verdict);
                }
                else
                {
                    doubtful.Add(verdict);
                }
            }
        }

        await RecordIfStableAsync(doubtful, before, cancellationToken);
        holds.Announce();
    }

    /// <summary>What the wallet's list says of a difference.</summary>
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task<DriftVerdict> ExamineAsync(AccountPosition position, CancellationToken cancellationToken)
    {
        var (finding, seen) = await history.ExamineAsync(position, cancellationToken);
        return DriftVerdict.Of(position.Account, position.Known is not null, position.Difference, finding, seen);
    }

    private bool IsKnown(AccountPosition position) =>
        position.Hold?.Difference == position.Difference
        && _lookedAt.TryGetValue(position.Account, out var at)
        && time.GetElapsedTime(at) < LookAgainAfter;

    /// <summary>Coins that came between two answers of the wallet make the one differ from the other: only what stays so is a difference.</summary>
    private async Task RecordIfStableAsync(
        List<DriftVerdict> doubtful, IReadOnlyDictionary<string, GrcAmount> before, CancellationToken cancellationToken)
    {
        if (doubtful.Count == 0)
        {
            return;
        }

        var after = await accounts.ReadAsync(cancellationToken);
        foreach (var verdict in doubtful.Where(v => after.GetValueOrDefault(v.Account) == before.GetValueOrDefault(v.Account)))
        {
            Record(verdict);
            _lookedAt[verdict.Account] = time.GetTimestamp();
        }
    }

    private void Record(DriftVerdict verdict)
    {
        if (verdict.Drafts.Count == 0)
        {
            holds.Hold(verdict.Account, verdict.Unexplained);
            return;
        }

        killPoints.Pass(KillPoint.BeforeReconcile);
        database.Write(db => verdict.Save(db, time.GetUtcNow()));
        killPoints.Pass(KillPoint.AfterReconcile);
    }
}
