using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Transfers;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CreditManager.Storage;

internal static class TransferTable
{
    private const string Select = """
        SELECT id AS Id, purpose AS Purpose, user AS User, source AS Source, target AS Target, amount AS Amount, state AS State FROM transfers
        """;

    public static void AddTransfer(this SqliteConnection db, Transfer transfer, DateTimeOffset now) => db.Execute(
        """
        INSERT INTO transfers (comment, id, purpose, user, source, target, amount, state, planned_at, changed_at)
        VALUES (@Comment, @Id, @Purpose, @User, @Source, @Target, @Amount, @State, @now, @now)
        """,
        new
        {
            transfer.Comment,
            transfer.Id,
            Purpose = transfer.Purpose.ToString(),
            transfer.User,
            transfer.Source,
            transfer.Target,
            Amount = transfer.Amount.Halfords,
            State = transfer.State.ToString(),
            now = LedgerChain.FormatTime(now),
        });

    public static void SetTransferState(this SqliteConnection db, Transfer transfer, DateTimeOffset now) => db.Execute(
        "UPDATE transfers SET state = @state, changed_at = @now WHERE comment = @Comment",
        new { transfer.Comment, state = transfer.State.ToString(), now = LedgerChain.FormatTime(now) });

    public static Transfer? FindTransfer(this SqliteConnection db, TransferPurpose purpose, string id) =>
        db.QuerySingleOrDefault<Row>($"{Select} WHERE comment = @comment", new { comment = Transfer.CommentOf(purpose, id) })?.ToTransfer();

    /// <summary>Planned or sent, the oldest first.</summary>
    public static IReadOnlyList<Transfer> ListOpenTransfers(this SqliteConnection db) =>
        [.. db.Query<Row>($"{Select} WHERE state <> 'Confirmed' ORDER BY rowid").Select(r => r.ToTransfer())];

    /// <summary>Whether the platform itself made a transfer with this comment.</summary>
    public static bool HasTransfer(this SqliteConnection db, string comment) =>
        db.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM transfers WHERE comment = @comment)", new { comment }) != 0;

    private sealed record Row(string Id, string Purpose, string User, string Source, string Target, long Amount, string State)
    {
        public Transfer ToTransfer() => new(
            Id, Enum.Parse<TransferPurpose>(Purpose), User, Source, Target, new GrcAmount(Amount), Enum.Parse<TransferState>(State));
    }
}
