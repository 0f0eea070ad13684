using ContainerManager.Buckets;
using ContainerManager.Persistence;
using ContainerManager.Stores;
using Microsoft.Data.Sqlite;

namespace ContainerManager.Reporting;

/// <summary>Puts the provider's signatures into the receipts in the buckets, behind the back of what runs.</summary>
internal sealed partial class ReceiptProver(
    ReportTable reports, TaskTable tasks, ReceiptBook receipts, ReportBell bell, TimeProvider time, ILogger<ReceiptProver> logger) : BackgroundService
{
    private const int PageSize = 100;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>Brings all that is ready into the buckets; false where a store could not take something now.</summary>
    internal async Task<bool> RunCycleAsync(CancellationToken cancellationToken)
    {
        var isDone = true;
        var after = "";
        while (reports.ListProven(after, PageSize) is { Count: > 0 } page)
        {
            var done = new List<string>();
            foreach (var row in page)
            {
                if (await TryProveAsync(row, cancellationToken).ConfigureAwait(false))
                {
                    done.Add(row.AttemptId);
                }
            }

            await reports.ForgetAsync(done).ConfigureAwait(false);
            isDone &= done.Count == page.Count;
            after = page[^1].AttemptId;
        }

        return isDone;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var rung = bell.Proven.Next;
            if (await TryCycleAsync(stoppingToken).ConfigureAwait(false))
            {
                await rung.WaitAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(Gathering, time, stoppingToken).ConfigureAwait(false);
            }
            else
            {
                await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> TryCycleAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunCycleAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            LogNotRead(e.Message);
            return false;
        }
    }

    private async Task<bool> TryProveAsync(ReportRow row, CancellationToken cancellationToken)
    {
        try
        {
            await receipts.ChangeAsync(row.Bucket, row.Task, receipt => Prove(receipt, row), cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException e) when (e.Failure is StoreFailure.Unavailable or StoreFailure.AccessDenied or StoreFailure.Full)
        {
            LogNotProven(row.Function, row.Task, e.Message);
            return false;
        }
        catch (ObjectStoreException e)
        {
            // The bucket or the receipt is gone, or there never was one of such a name: there is nothing to sign.
            LogNotProven(row.Function, row.Task, e.Message);
        }

        return true;
    }

    // Null for the receipt of a newer task of that name, or one that has a newer attempt: its own proof comes.
    private TaskReceipt? Prove(TaskReceipt receipt, ReportRow row)
    {
        if (receipt.TaskId != row.TaskId || receipt.Attempts is not [.., var last] || last.Attempt != row.Number)
        {
            return null;
        }

        var others = receipt.Attempts.Count == 1 ? [] : tasks.ListAttempts(row.TaskId);
        var costs = others.ToDictionary(a => a.Number, a => (a.CostHalfords, a.RefundedHalfords));
        costs[row.Number] = (row.CostHalfords, row.RefundedHalfords);
        return receipt.With(ReportRows.Proof(row), costs);
    }
}
