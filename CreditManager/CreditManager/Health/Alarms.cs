using System.Collections.Concurrent;

namespace CreditManager.Health;

/// <summary>Which part of the service raises an alarm.</summary>
internal enum AlarmSource
{
    Billing,
    Enforcement,
    Wallet,
    Settlement,
    Reconciliation,
    Cycle,
    Webhook,
}

/// <summary>Everything that wants a person, until its source says that it is over. A new alarm is logged once.</summary>
internal sealed partial class Alarms(ILogger<Alarms> logger)
{
    private readonly ConcurrentDictionary<(AlarmSource Source, string Subject), string> _texts = new();

    /// <summary>All alarms, in words.</summary>
    public IReadOnlyList<string> All => [.. _texts.OrderBy(a => a.Key).Select(a => a.Value)];

    public void Raise(AlarmSource source, string subject, string text)
    {
        if (!_texts.TryGetValue((source, subject), out var before) || before != text)
        {
            _texts[(source, subject)] = text;
            LogRaised(source, text);
        }
    }

    public void Clear(AlarmSource source, string subject)
    {
        if (_texts.TryRemove((source, subject), out var text))
        {
            LogCleared(source, text);
        }
    }

    /// <summary>The alarms of a source from now on; those that it had and that are not among them are over.</summary>
    public void Replace(AlarmSource source, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var key in _texts.Keys.Where(k => k.Source == source && !texts.ContainsKey(k.Subject)))
        {
            Clear(source, key.Subject);
        }

        foreach (var (subject, text) in texts)
        {
            Raise(source, subject, text);
        }
    }
}
