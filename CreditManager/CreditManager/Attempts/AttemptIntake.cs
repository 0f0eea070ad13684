using CreditManager.Contracts;
using CreditManager.Core.Attempts;
using CreditManager.Health;
using CreditManager.Receipts;
using CreditManager.Storage;

namespace CreditManager.Attempts;

/// <summary>Takes reports of attempts in, as often as they come, and answers those that have ended with a receipt.</summary>
internal sealed class AttemptIntake(
    CreditDatabase database, ReceiptBook receipts, RunningAttempts running, IKillPoints killPoints, TimeProvider time)
{
    /// <summary>Recalls which attempts were running when the service ended.</summary>
    public void Recall()
    {
        foreach (var (id, container) in database.Read(db => db.ListOpenAttempts()))
        {
            running.Started(container, id);
        }
    }

    /// <summary>One answer each, in their order. All that are taken over are on the disk when it returns, or none.</summary>
    public IReadOnlyList<AttemptAnswer> Take(IReadOnlyList<AttemptReport> reports)
    {
        killPoints.Pass(KillPoint.BeforeAttempts);
        var answers = database.Write(db =>
        {
            var round = new AttemptRound(db, receipts, time.GetUtcNow());
            var refusals = reports.Select(r => ReportRules.FindFault(r) ?? round.Take(r)).ToList();
            round.Finish();
            // Before billing gets its turn: it forgets a container's attempts with the last charge, and must not be told of one after it.
            Tell(round.News);
            return reports.Zip(refusals, (r, refusal) => refusal is null ? round.Answer(r.AttemptId) : new AttemptAnswer(r.AttemptId, refusal, null)).ToList();
        });
        killPoints.Pass(KillPoint.AfterAttempts);
        return answers;
    }

    private void Tell(IEnumerable<AttemptReport> news)
    {
        foreach (var report in news)
        {
            if (report.End is null)
            {
                running.Started(report.ContainerId, report.AttemptId);
            }
            else
            {
                running.Ended(report.ContainerId, report.AttemptId);
            }
        }
    }
}
