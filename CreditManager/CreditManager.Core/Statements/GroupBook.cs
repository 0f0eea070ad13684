using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Records;

namespace CreditManager.Core.Statements;

/// <summary>Adds usage up by function, container or task.</summary>
internal sealed class GroupBook(StatementDetail detail)
{
    private readonly Dictionary<(string, string, string), StatementGroup> _groups = [];

    /// <summary>Refunds name their attempt only.</summary>
    private readonly Dictionary<string, (string Function, string Container, string Task)> _attempts = new(StringComparer.Ordinal);

    /// <summary>The groups, in order of their names.</summary>
    public IReadOnlyList<StatementGroup> All =>
    [
        .. _groups.Values.OrderBy(g => g.Function, StringComparer.Ordinal).ThenBy(g => g.Container, StringComparer.Ordinal).ThenBy(g => g.Task, StringComparer.Ordinal),
    ];

    /// <summary>Learns of an entry before the period: a refund within it may be about one.</summary>
    public void Note(EntryRecord record)
    {
        if (record is AttemptRecord { Facts: var facts } && detail != StatementDetail.Entry)
        {
            _attempts[facts.AttemptId] = Key(facts.Function, facts.ContainerId, facts.Task);
        }
    }

    public void Take(LedgerEntry entry, EntryRecord record)
    {
        Note(record);
        switch (record)
        {
            case ChargeRecord charge when detail is StatementDetail.Function or StatementDetail.Container:
                var memory = charge.Memory is { } m ? m.After - m.Before : 0;
                Add(entry, Key(charge.Function, charge.Container, ""), 1, charge.After - charge.Before, memory, entry.Draft.Amount, GrcAmount.Zero);
                break;
            case AttemptRecord { Facts: var facts } attempt when detail == StatementDetail.Task:
                Add(entry, Key(facts.Function, "", facts.Task), 1, facts.AfterMicroseconds - facts.BeforeMicroseconds, 0, attempt.Cost, GrcAmount.Zero);
                break;
            case RefundRecord refund when _attempts.TryGetValue(refund.Attempt, out var refunded):
                Add(entry, refunded, 0, 0, 0, GrcAmount.Zero, entry.Draft.Amount);
                break;
        }
    }

    private (string Function, string Container, string Task) Key(string function, string container, string task) => detail switch
    {
        StatementDetail.Container => (function, container, ""),
        StatementDetail.Task => (function, "", task),
        _ => (function, "", ""),
    };

    private void Add(
        LedgerEntry entry, (string Function, string Container, string Task) key, int entries, long microseconds, long byteSeconds, GrcAmount cost, GrcAmount refunded)
    {
        var group = _groups.GetValueOrDefault(key)
            ?? new StatementGroup(key.Function, key.Container, key.Task, 0, 0, 0, default, default, entry.At, entry.At);
        _groups[key] = group with
        {
            Entries = group.Entries + entries,
            Microseconds = group.Microseconds + microseconds,
            ByteSeconds = group.ByteSeconds + byteSeconds,
            Cost = group.Cost + cost,
            Refunded = group.Refunded + refunded,
            LastAt = entry.At,
        };
    }
}
