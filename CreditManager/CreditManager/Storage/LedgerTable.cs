using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CreditManager.Storage;

/// <summary>The ledger and the sums that follow from it, which are kept beside it because the ledger only grows.</summary>
internal static class LedgerTable
{
    private const string Select = """
        SELECT sequence AS Sequence, at AS At, kind AS Kind, debit AS Debit, credit AS Credit, amount AS Amount,
            details AS Details, previous_hash AS PreviousHash, hash AS Hash
        FROM ledger
        """;

    /// <summary>Adds entries to the chain and to the balances of their accounts.</summary>
    public static void Book(this SqliteConnection db, DateTimeOffset now, IEnumerable<LedgerDraft> drafts)
    {
        var last = db.QuerySingleOrDefault<Row>($"{Select} ORDER BY sequence DESC LIMIT 1")?.ToEntry();
        var (sequence, hash) = (last?.Sequence ?? 0, last?.Hash ?? LedgerChain.FirstHash);
        foreach (var draft in drafts)
        {
            var entry = LedgerChain.Link(++sequence, now, draft, hash);
            hash = entry.Hash;
            db.Insert(entry);
            db.AddToBalance(draft.Debit, -draft.Amount);
            db.AddToBalance(draft.Credit, draft.Amount);
        }
    }

    /// <summary>Entries after a sequence number, in order.</summary>
    public static IReadOnlyList<LedgerEntry> ListLedger(this SqliteConnection db, long after, int limit) =>
        [.. db.Query<Row>($"{Select} WHERE sequence > @after ORDER BY sequence LIMIT @limit", new { after, limit }).Select(r => r.ToEntry())];

    /// <summary>What an account has received minus what it gave; null where it never had an entry.</summary>
    public static GrcAmount? FindBalance(this SqliteConnection db, string account) =>
        db.ExecuteScalar<long?>("SELECT amount FROM balances WHERE account = @account", new { account }) is { } amount ? new GrcAmount(amount) : null;

    /// <summary>Coins on a wallet account, as last seen.</summary>
    public static GrcAmount WalletOf(this SqliteConnection db, string account) =>
        db.FindBalance(LedgerAccounts.Wallet(account)) ?? GrcAmount.Zero;

    /// <summary>What a user has been charged and not yet paid.</summary>
    public static GrcAmount UnsettledOf(this SqliteConnection db, string user) =>
        -(db.FindBalance(LedgerAccounts.Owed(user)) ?? GrcAmount.Zero);

    private static void Insert(this SqliteConnection db, LedgerEntry entry) => db.Execute(
        """
        INSERT INTO ledger (sequence, at, kind, debit, credit, amount, details, previous_hash, hash)
        VALUES (@Sequence, @At, @Kind, @Debit, @Credit, @Amount, @Details, @PreviousHash, @Hash)
        """,
        new
        {
            entry.Sequence,
            At = LedgerChain.FormatTime(entry.At),
            entry.Draft.Kind,
            entry.Draft.Debit,
            entry.Draft.Credit,
            Amount = entry.Draft.Amount.Halfords,
            entry.Draft.Details,
            entry.PreviousHash,
            entry.Hash,
        });

    private static void AddToBalance(this SqliteConnection db, string account, GrcAmount amount) => db.Execute(
        "INSERT INTO balances (account, amount) VALUES (@account, @Halfords) ON CONFLICT (account) DO UPDATE SET amount = amount + excluded.amount",
        new { account, amount.Halfords });

    private sealed record Row(
        long Sequence, string At, string Kind, string Debit, string Credit, long Amount, string Details, string PreviousHash, string Hash)
    {
        public LedgerEntry ToEntry() => new(
            Sequence, LedgerChain.ReadTime(At), new LedgerDraft(Kind, Debit, Credit, new GrcAmount(Amount), Details), PreviousHash, Hash);
    }
}
