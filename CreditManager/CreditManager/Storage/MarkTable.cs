using System.Data.Common;
using CreditManager.Core.Ledger;
using Dapper;

namespace CreditManager.Storage;

/// <summary>Up to where each wallet account's list is booked.</summary>
internal static class MarkTable
{
    public static AccountMark? FindMark(this DbConnection db, string account) =>
        db.ExecuteScalar<string?>("SELECT mark FROM wallet_marks WHERE account = @account", new { account }) is { } mark ? AccountMark.Parse(mark) : null;

    public static void SaveMark(this DbConnection db, string account, AccountMark mark) => db.Execute(
        "INSERT INTO wallet_marks (account, mark) VALUES (@account, @text) ON CONFLICT (account) DO UPDATE SET mark = excluded.mark",
        new { account, text = mark.ToString() });
}
