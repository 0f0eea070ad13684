using System.Data.Common;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Transfers;
using Dapper;

namespace CreditManager.Storage;

internal static class TransferTable
{
    private const string Select = """
        SELECT id AS Id, purpose AS Purpose, "user" AS "User", source AS Source, target AS Target, amount AS Amount, state AS State FROM transfers
        """;

    public static void AddTransfer(this DbConnection db, Transfer transfer, DateTimeOffset now) => db.Execute(
        """
        INSERT INTO transfers (comment, id, purpose, "user", source, target, amount, state, planned_at, changed_at, number)
        SELECT @Comment, @Id, @Purpose, @User, @Source, @Target, @Amount, @State, @now, @now, COALESCE(MAX(number), 0) + 1 FROM transfers
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

    public static void SetTransferState(this DbConnection db, Transfer transfer, DateTimeOffset now) => db.Execute(
        "UPDATE transfers SET state = @state, changed_at = @now WHERE comment = @Comment",
        new { transfer.Comment, state = transfer.State.ToString(), now = LedgerChain.FormatTime(now) });

    public static Transfer? FindTransfer(this DbConnection db, TransferPurpose purpose, string id) =>
        db.FindTransfer(Transfer.CommentOf(purpose, id));

    /// <summary>Planned or sent, the oldest first.</summary>
    public static IReadOnlyList<Transfer> ListOpenTransfers(this DbConnection db) =>
        [.. db.Query<Row>($"{Select} WHERE state <> 'Confirmed' ORDER BY number").Select(r => r.ToTransfer())];

    /// <summary>The platform's own transfer with this comment; null where it made none.</summary>
    public static Transfer? FindTransfer(this DbConnection db, string comment) =>
        db.QuerySingleOrDefault<Row>($"{Select} WHERE comment = @comment", new { comment })?.ToTransfer();

    private sealed record Row(string Id, string Purpose, string User, string Source, string Target, long Amount, string State)
    {
        public Transfer ToTransfer() => new(
            Id, Enum.Parse<TransferPurpose>(Purpose), User, Source, Target, new GrcAmount(Amount), Enum.Parse<TransferState>(State));
    }
}
