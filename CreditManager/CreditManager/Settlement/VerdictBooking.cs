using System.Data.Common;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Storage;

namespace CreditManager.Settlement;

/// <summary>Stores verdicts on differences between ledger and wallet.</summary>
internal static class VerdictBooking
{
    /// <summary>Books what is explained, and holds the rest; inside one transaction.</summary>
    public static void Save(this DriftVerdict verdict, DbConnection db, DateTimeOffset now)
    {
        db.Book(now, verdict.Drafts);
        if (verdict.Mark is not null)
        {
            db.SaveMark(verdict.Account, verdict.Mark);
        }

        if (verdict.Unexplained == GrcAmount.Zero)
        {
            db.RemoveHold(verdict.Account);
        }
        else
        {
            db.SaveHold(verdict.Account, verdict.Unexplained, now);
        }
    }
}
