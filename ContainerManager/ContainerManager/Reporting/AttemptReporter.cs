using System.Net;
using ContainerManager.Persistence;
using CreditManager.Contracts;
using Microsoft.Data.Sqlite;
using ServiceDefaults.Client;

namespace ContainerManager.Reporting;

/// <summary>
/// Tells CreditManager of attempts that start and end. What is to be told is in the database since the moment it happened, and stays
/// there until it is answered: an attempt may be told of twice, and never goes untold.
/// </summary>
internal sealed partial class AttemptReporter(
    ICreditApi credit, ReportTable reports, ReportBell bell, TimeProvider time, ILogger<AttemptReporter> logger) : BackgroundService
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private bool _isAway;

    /// <summary>Tells all that is to be told; false where something is left because it could not be told.</summary>
    internal async Task<bool> RunCycleAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (reports.ListDue(BatchSize) is { Count: > 0 } due)
            {
                // Nobody else may know of an attempt that this service could forget.
                await reports.FlushAsync().ConfigureAwait(false);
                if (!await TellAsync(due, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }

            return true;
        }
        catch (SqliteException e)
        {
            LogNotKept(e.Message);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Pause;
        while (true)
        {
            var rung = bell.Due.Next;
            if (await RunCycleAsync(stoppingToken).ConfigureAwait(false))
            {
                pause = Pause;
                await rung.WaitAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(Gathering, time, stoppingToken).ConfigureAwait(false);
            }
            else
            {
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task<bool> TellAsync(IReadOnlyList<ReportRow> due, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await credit.ReportAttemptsAsync([.. due.Select(ReportRows.Report)], cancellationToken).ConfigureAwait(false);
            LogReached();
            return await KeepAsync(due, answers).ConfigureAwait(false);
        }
        catch (ApiException e) when (IsRefusal(e))
        {
            return due.Count == 1 ? await KeepAsync(due, [new AttemptAnswer(due[0].AttemptId, e.Message, null)]).ConfigureAwait(false)
                : await TellOneByOneAsync(due, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            LogNotReached(e.Message);
            return false;
        }
    }

    // One that cannot even be read must not hold up the others.
    private async Task<bool> TellOneByOneAsync(IReadOnlyList<ReportRow> due, CancellationToken cancellationToken)
    {
        foreach (var row in due)
        {
            if (!await TellAsync([row], cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> KeepAsync(IReadOnlyList<ReportRow> due, IReadOnlyList<AttemptAnswer> answers)
    {
        var told = new List<ReportRow>();
        // Answers are checked, not believed: there may be nothing in one, or two for the same attempt.
        foreach (var answer in answers.OfType<AttemptAnswer>().DistinctBy(a => a.AttemptId))
        {
            if (due.FirstOrDefault(r => r.AttemptId == answer.AttemptId) is { } row)
            {
                told.Add(ReportRows.Answered(row, answer));
                if (answer.Refusal is { } refusal)
                {
                    LogRefused(row.AttemptId, row.Function, row.Task, refusal);
                }
            }
        }

        await reports.ToldAsync(told).ConfigureAwait(false);
        bell.Proven.Set();
        if (told.Count < due.Count)
        {
            LogUnanswered(due.Count - told.Count);
        }

        return told.Count >= due.Count;
    }

    private static bool IsRefusal(ApiException e) =>
        e.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge;

    private void LogNotReached(string why)
    {
        if (!_isAway)
        {
            _isAway = true;
            LogAway(why);
        }
    }

    private void LogReached()
    {
        if (_isAway)
        {
            _isAway = false;
            LogBack();
        }
    }
}
