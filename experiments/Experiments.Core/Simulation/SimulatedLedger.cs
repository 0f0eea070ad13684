using CreditManager.Core.Ledger;
using CreditManager.Core.Money;

namespace Experiments.Core.Simulation;

/// <summary>The ledger in memory: the real chain of entries, and the sums that follow from it.</summary>
internal sealed class SimulatedLedger
{
    private readonly List<LedgerEntry> _entries = [];
    private readonly SortedDictionary<string, GrcAmount> _balances = new(StringComparer.Ordinal);

    /// <summary>In order.</summary>
    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>Books drafts, one after the other.</summary>
    public void Book(TimeSpan now, IEnumerable<LedgerDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            var last = _entries.Count > 0 ? _entries[^1].Hash : LedgerChain.FirstHash;
            _entries.Add(LedgerChain.Link(_entries.Count + 1, DateTimeOffset.UnixEpoch + now, draft, last));
            Add(draft.Debit, -draft.Amount);
            Add(draft.Credit, draft.Amount);
        }
    }

    /// <summary>What an account has received minus what it gave; null where it never had an entry.</summary>
    public GrcAmount? Find(string account) => _balances.TryGetValue(account, out var balance) ? balance : null;

    /// <summary>Coins on a wallet account, as last seen.</summary>
    public GrcAmount WalletOf(string account) => Find(LedgerAccounts.Wallet(account)) ?? GrcAmount.Zero;

    /// <summary>What a user has been charged and not yet paid.</summary>
    public GrcAmount UnsettledOf(string user) => -(Find(LedgerAccounts.Owed(user)) ?? GrcAmount.Zero);

    private void Add(string account, GrcAmount amount) => _balances[account] = (Find(account) ?? GrcAmount.Zero) + amount;
}
