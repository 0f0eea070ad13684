using CreditManager.Contracts;
using CreditManager.Core.Attempts;
using CreditManager.Core.Money;

namespace CreditManager.Attempts;

/// <summary>An attempt as stored.</summary>
/// <param name="Report">What was reported; once it has an end, it stays as it is.</param>
/// <param name="Bill">What it cost; null while it runs.</param>
internal sealed record StoredAttempt(AttemptReport Report, AttemptBill? Bill)
{
    /// <summary>The facts of an attempt that has ended.</summary>
    public AttemptFacts Facts => new(
        Report.AttemptId,
        Report.User,
        Report.Function,
        Report.Task,
        Report.Number,
        Report.ContainerId,
        Report.Slot,
        Report.StartedAt,
        Report.End!.EndedAt,
        Outcome(Report.End.Ending),
        Report.BeforeMicroseconds,
        Report.End.AfterMicroseconds,
        Report.ImageSha256,
        Report.ScriptSha256,
        Report.TaskSha256);

    private static AttemptOutcome Outcome(AttemptEnding ending) => ending switch
    {
        AttemptEnding.Succeeded => AttemptOutcome.Succeeded,
        AttemptEnding.Failed => AttemptOutcome.Failed,
        AttemptEnding.Capped => AttemptOutcome.Capped,
        AttemptEnding.AbortedForDebt => AttemptOutcome.AbortedForDebt,
        AttemptEnding.PlatformFault => AttemptOutcome.PlatformFault,
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, null),
    };
}

/// <summary>What an attempt cost, and the signature of the entry that says so.</summary>
/// <param name="Cost">What its usage cost.</param>
/// <param name="Refunded">What of it was paid back.</param>
/// <param name="Sequence">The ledger's entry.</param>
/// <param name="Provider">In whose name it is signed.</param>
/// <param name="KeyId">The key that signed it.</param>
/// <param name="Signature">A signature is another each time it is made; the first one is kept, so that a receipt stays what it was.</param>
internal sealed record AttemptBill(GrcAmount Cost, GrcAmount Refunded, long Sequence, string Provider, string KeyId, string Signature);
