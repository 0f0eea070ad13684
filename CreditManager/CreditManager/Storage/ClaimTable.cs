using System.Data.Common;
using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using Dapper;

namespace CreditManager.Storage;

/// <summary>A top-up receipt and its answer.</summary>
/// <param name="Id">The claim.</param>
/// <param name="User">Who claims.</param>
/// <param name="Text">What the receipt says.</param>
/// <param name="AskedAt">When it was first asked about.</param>
/// <param name="Outcome">The answer so far.</param>
/// <param name="TransactionId">The transaction that is used up by it; null unless accepted for one.</param>
internal sealed record StoredClaim(
    string Id, string User, string Text, DateTimeOffset AskedAt, DepositOutcome Outcome, string? TransactionId = null);

internal static class ClaimTable
{
    private const string Select = """
        SELECT id AS Id, "user" AS "User", text AS Text, asked_at AS AskedAt, result AS Result, amount AS Amount, reason AS Reason,
            transaction_id AS TransactionId
        FROM claims
        """;

    public static StoredClaim? FindClaim(this DbConnection db, string id) =>
        db.QuerySingleOrDefault<Row>($"{Select} WHERE id = @id", new { id })?.ToClaim();

    /// <summary>The user's newest claims, the newest first.</summary>
    public static IReadOnlyList<StoredClaim> ListClaims(this DbConnection db, string user, int limit) =>
        [.. db.Query<Row>($"""{Select} WHERE "user" = @user ORDER BY asked_at DESC, id LIMIT @limit""", new { user, limit }).Select(r => r.ToClaim())];

    /// <summary>The accepted claim that used a transaction up; null where none did.</summary>
    public static StoredClaim? FindClaimOfTransaction(this DbConnection db, string transactionId) =>
        db.QuerySingleOrDefault<Row>($"{Select} WHERE transaction_id = @transactionId", new { transactionId })?.ToClaim();

    public static void SaveClaim(this DbConnection db, StoredClaim claim) => db.Execute(
        """
        INSERT INTO claims (id, "user", text, asked_at, result, amount, reason, transaction_id)
        VALUES (@Id, @User, @Text, @AskedAt, @Result, @Amount, @Reason, @TransactionId)
        ON CONFLICT (id) DO UPDATE SET result = excluded.result, amount = excluded.amount, reason = excluded.reason,
            transaction_id = excluded.transaction_id
        """,
        new
        {
            claim.Id,
            claim.User,
            claim.Text,
            AskedAt = LedgerChain.FormatTime(claim.AskedAt),
            Result = claim.Outcome.Result.ToString(),
            Amount = claim.Outcome.AmountHalfords,
            claim.Outcome.Reason,
            claim.TransactionId,
        });

    private sealed record Row(
        string Id, string User, string Text, string AskedAt, string Result, long Amount, string Reason, string? TransactionId)
    {
        public StoredClaim ToClaim() => new(
            Id,
            User,
            Text,
            LedgerChain.ReadTime(AskedAt),
            new DepositOutcome(Enum.Parse<DepositResult>(Result), Amount, Reason),
            TransactionId);
    }
}
