using System.Data.Common;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using Dapper;

namespace CreditManager.Storage;

/// <summary>The ledger and the sums that follow from it, which are kept beside it because the ledger only grows.</summary>
internal static class LedgerTable
{
    private const string Select = """
        SELECT sequence AS Sequence, at AS At, kind AS Kind, debit AS Debit, credit AS Credit, amount AS Amount,
            details AS Details, previous_hash AS PreviousHash, hash AS Hash
        FROM ledger
        """;

    private static readonly BulkInsert<LedgerEntry> InsertEntries = new("ledger",
    [
        new("sequence", e => e.Sequence),
        new("at", e => LedgerChain.FormatTime(e.At)),
        new("kind", e => e.Draft.Kind),
        new("debit", e => e.Draft.Debit),
        new("credit", e => e.Draft.Credit),
        new("amount", e => e.Draft.Amount.Halfords),
        new("details", e => e.Draft.Details),
        new("previous_hash", e => e.PreviousHash),
        new("hash", e => e.Hash),
    ]);

    private static readonly BulkInsert<KeyValuePair<string, GrcAmount>> AddToBalances = new(
        "balances",
        [new("account", b => b.Key), new("amount", b => b.Value.Halfords)],
        "ON CONFLICT (account) DO UPDATE SET amount = balances.amount + excluded.amount");

    /// <summary>Adds entries to the chain and to the balances of their accounts; the entries as they are booked.</summary>
    public static IReadOnlyList<LedgerEntry> Book(this DbConnection db, DateTimeOffset now, IEnumerable<LedgerDraft> drafts)
    {
        var last = db.QuerySingleOrDefault<Row>($"{Select} ORDER BY sequence DESC LIMIT 1")?.ToEntry();
        var (sequence, hash) = (last?.Sequence ?? 0, last?.Hash ?? LedgerChain.FirstHash);
        var entries = new List<LedgerEntry>();
        var changes = new Dictionary<string, GrcAmount>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            var entry = LedgerChain.Link(++sequence, now, draft, hash);
            hash = entry.Hash;
            entries.Add(entry);
            changes[draft.Debit] = changes.GetValueOrDefault(draft.Debit) - draft.Amount;
            changes[draft.Credit] = changes.GetValueOrDefault(draft.Credit) + draft.Amount;
        }

        InsertEntries.Run(db, entries);
        AddToBalances.Run(db, changes);
        return entries;
    }

    /// <summary>Number of the last entry; 0 for an empty ledger.</summary>
    public static long LastSequence(this DbConnection db) => db.ExecuteScalar<long?>("SELECT MAX(sequence) FROM ledger") ?? 0;

    /// <summary>Hash of the last entry; <see cref="LedgerChain.FirstHash"/> for an empty ledger.</summary>
    public static string LastHash(this DbConnection db) =>
        db.ExecuteScalar<string?>("SELECT hash FROM ledger ORDER BY sequence DESC LIMIT 1") ?? LedgerChain.FirstHash;

    /// <summary>Entries after a sequence number, in order.</summary>
    public static IReadOnlyList<LedgerEntry> ListLedger(this DbConnection db, long after, int limit) =>
        [.. db.Query<Row>($"{Select} WHERE sequence > @after ORDER BY sequence LIMIT @limit", new { after, limit }).Select(r => r.ToEntry())];

    /// <summary>All accounts that ever had an entry, and what they have received minus what they gave.</summary>
    public static IReadOnlyDictionary<string, long> ListBalances(this DbConnection db) =>
        new SortedDictionary<string, long>(
            db.Query<(string Account, long Amount)>("SELECT account, amount FROM balances").ToDictionary(b => b.Account, b => b.Amount), StringComparer.Ordinal);

    /// <summary>What an account has received minus what it gave; null where it never had an entry.</summary>
    public static GrcAmount? FindBalance(this DbConnection db, string account) =>
        db.ExecuteScalar<long?>("SELECT amount FROM balances WHERE account = @account", new { account }) is { } amount ? new GrcAmount(amount) : null;

    /// <summary>Coins on a wallet account, as last seen.</summary>
    public static GrcAmount WalletOf(this DbConnection db, string account) =>
        db.FindBalance(LedgerAccounts.Wallet(account)) ?? GrcAmount.Zero;

    /// <summary>What a user has been charged and not yet paid.</summary>
    public static GrcAmount UnsettledOf(this DbConnection db, string user) =>
        -(db.FindBalance(LedgerAccounts.Owed(user)) ?? GrcAmount.Zero);

    private sealed record Row(
        long Sequence, string At, string Kind, string Debit, string Credit, long Amount, string Details, string PreviousHash, string Hash)
    {
        public LedgerEntry ToEntry() => new(
            Sequence, LedgerChain.ReadTime(At), new LedgerDraft(Kind, Debit, Credit, new GrcAmount(Amount), Details), PreviousHash, Hash);
    }
}
