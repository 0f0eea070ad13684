using System.Globalization;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;

namespace Experiments.Core.Simulation;

/// <summary>A wallet in memory: accounts, moves between them, and coins that come over a chain.</summary>
internal sealed class SimulatedWallet
{
    private readonly SortedDictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private long _transactions;

    /// <summary>What an account holds.</summary>
    public GrcAmount BalanceOf(string account) => _accounts.TryGetValue(account, out var found) ? found.Balance : GrcAmount.Zero;

    /// <summary>What the wallet lists for an account, the newest first.</summary>
    public IReadOnlyList<ListedTransaction> List(string account) =>
        _accounts.TryGetValue(account, out var found) ? [.. found.Transactions.AsEnumerable().Reverse()] : [];

    /// <summary>Coins arrive, and count at once.</summary>
    public void Receive(string account, GrcAmount amount) => Book(account, amount, "receive over the chain", ours: false);

    /// <summary>Coins go from one account to another.</summary>
    public void Move(string source, string target, GrcAmount amount, string comment)
    {
        Book(source, -amount, $"move {target} {comment}", ours: true);
        Book(target, amount, $"move {source} {comment}", ours: true);
    }

    private void Book(string name, GrcAmount amount, string description, bool ours)
    {
        if (!_accounts.TryGetValue(name, out var account))
        {
            _accounts.Add(name, account = new Account());
        }

        var fingerprint = (++_transactions).ToString(CultureInfo.InvariantCulture);
        account.Balance += amount;
        account.Transactions.Add(new ListedTransaction(amount, description, fingerprint, ours));
    }

    private sealed class Account
    {
        public GrcAmount Balance { get; set; }

        public List<ListedTransaction> Transactions { get; } = [];
    }
}
