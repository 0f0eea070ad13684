using System.Globalization;
using CreditManager.Core.Ledger;

namespace CreditManager.Core.Verification;

/// <summary>What every account holds after the entries that were booked; together nothing, because each takes what another gives.</summary>
public sealed class BalanceBook
{
    // Sums of many entries may leave 64 bits where a forger wants them to.
    private readonly Dictionary<string, Int128> _accounts = new(StringComparer.Ordinal);

    /// <summary>How many accounts an entry has named.</summary>
    public int Count => _accounts.Count;

    /// <summary>What an account holds in halfords; 0 for one that no entry has named.</summary>
    public Int128 this[string account] => _accounts.GetValueOrDefault(account);

    /// <summary>Takes an entry.</summary>
    public void Book(LedgerDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        Add(draft.Debit, -(Int128)draft.Amount.Halfords);
        Add(draft.Credit, draft.Amount.Halfords);
    }

    /// <summary>The first account, in ordinal order, of which <paramref name="said"/> is not what the entries make; null where all are right.</summary>
    /// <param name="said">Halfords by account; accounts of 0 may be left out.</param>
    public string? FindFault(IReadOnlyDictionary<string, long> said)
    {
        ArgumentNullException.ThrowIfNull(said);
        foreach (var account in said.Keys.Union(_accounts.Keys).Order(StringComparer.Ordinal))
        {
            var named = said.TryGetValue(account, out var amount);
            if (named && !_accounts.ContainsKey(account))
            {
                return $"balances.{account} is there; no entry names this account.";
            }

            if (amount != this[account])
            {
                var words = named ? amount.ToString(CultureInfo.InvariantCulture) : "missing";
                return string.Create(CultureInfo.InvariantCulture, $"balances.{account} is {words}; the entries make {this[account]}.");
            }
        }

        return null;
    }

    private void Add(string account, Int128 amount) => _accounts[account] = _accounts.GetValueOrDefault(account) + amount;
}
