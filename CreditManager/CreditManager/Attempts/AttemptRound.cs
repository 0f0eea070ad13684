using System.Data.Common;
using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Receipts;
using CreditManager.Storage;

namespace CreditManager.Attempts;

/// <summary>One request's reports inside one transaction: what they change is collected, then booked, signed and stored.</summary>
internal sealed class AttemptRound(DbConnection db, ReceiptBook receipts, DateTimeOffset now)
{
    private readonly AttemptBiller _biller = new(db, now);
    private readonly Dictionary<string, StoredAttempt> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<long, LedgerEntry> _booked = [];
    private readonly Dictionary<string, StoredUser?> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttemptCost> _ended = new(StringComparer.Ordinal);
    private readonly HashSet<(string User, string Function, string Task)> _tasks = [];

    /// <summary>Attempts that this round saw start or end, of containers that may still be charged.</summary>
    public List<AttemptReport> News { get; } = [];

    /// <summary>Takes over one report; why it is not taken, or null.</summary>
    public string? Take(AttemptReport report)
    {
        if (Find(report.AttemptId) is { } known)
        {
            if (FindContradiction(known.Report, report) is { } contradiction)
            {
                return contradiction;
            }

            // The first end is final, and a start that comes after it says nothing new.
            return known.Report.End is null && report.End is not null ? Keep(report) : null;
        }

        return Keep(report);
    }

    /// <summary>Books, signs and stores what was taken over since the last time.</summary>
    public void Finish()
    {
        var drafts = _ended.Values.SelectMany(c => c.Drafts).ToList();
        var entries = db.Book(now, drafts);
        var next = 0;
        foreach (var (id, cost) in _ended)
        {
            var entry = entries[next];
            next += cost.Drafts.Count;
            _booked.Add(entry.Sequence, entry);
            _known[id] = _known[id] with { Bill = receipts.Sign(entry, cost.Amount, cost.Refund) };
        }

        foreach (var id in _started.Union(_ended.Keys))
        {
            db.SaveAttempt(_known[id]);
        }

        _started.Clear();
        _ended.Clear();
        _tasks.Clear();
    }

    /// <summary>The answer to a report that was taken over, once all is finished.</summary>
    public AttemptAnswer Answer(string attemptId)
    {
        var bill = _known[attemptId].Bill;
        return bill is null
            ? new AttemptAnswer(attemptId, null, null)
            : new AttemptAnswer(attemptId, null, receipts.Receipt(bill, FindEntry(bill.Sequence)), bill.Refunded.Halfords);
    }

    private string? Keep(AttemptReport report)
    {
        if (FindUser(report.User) is not { } user)
        {
            return $"user: there is no user \"{report.User}\".";
        }

        var meter = db.FindMeter(report.ContainerId);
        if (meter is not null && (meter.User != report.User || meter.Function != report.Function))
        {
            return $"container_id: container {report.ContainerId} belongs to {meter.User}/{meter.Function} and is reported for {report.User}/{report.Function}.";
        }

        Add(new StoredAttempt(report, null), user, meter);
        if (meter is not { Final: true })
        {
            News.Add(report);
        }

        return null;
    }

    private void Add(StoredAttempt attempt, StoredUser user, Meter? meter)
    {
        var report = attempt.Report;
        var task = (report.User, report.Function, report.Task);
        if (report.End is not null && !_tasks.Add(task))
        {
            // What is paid back of an attempt depends on what was paid back of the task's others: they are stored first.
            Finish();
            _tasks.Add(task);
        }

        _known[report.AttemptId] = attempt;
        if (report.End is null)
        {
            _started.Add(report.AttemptId);
        }
        else
        {
            _ended.Add(report.AttemptId, _biller.CostOf(attempt, user, meter));
        }
    }

    private LedgerEntry FindEntry(long sequence) => _booked.GetValueOrDefault(sequence) ?? db.ListLedger(sequence - 1, 1)[0];

    private StoredUser? FindUser(string name)
    {
        if (!_users.TryGetValue(name, out var user))
        {
            _users.Add(name, user = db.FindUser(name));
        }

        return user;
    }

    private StoredAttempt? Find(string id)
    {
        if (!_known.TryGetValue(id, out var attempt) && db.FindAttempt(id) is { } stored)
        {
            _known.Add(id, attempt = stored);
        }

        return attempt;
    }

    private static string? FindContradiction(AttemptReport known, AttemptReport report)
    {
        var (before, now) = (Identity(known), Identity(report));
        return before == now ? null : $"attempt_id: attempt {known.AttemptId} is known as {before} and is reported as {now}.";
    }

    private static string Identity(AttemptReport r) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{r.User}/{r.Function}/{r.Task} number {r.Number} in slot {r.Slot} of container {r.ContainerId}");
}
