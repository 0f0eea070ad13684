using System.Collections.Concurrent;
using ContainerManager.Contracts;

namespace ContainerManager.Billing;

/// <summary>What CreditManager said last of top-ups on their way.</summary>
internal sealed class DepositBook
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<PendingDeposit>> _pending = new(StringComparer.Ordinal);

    /// <summary>A user's; null where that has not been asked yet.</summary>
    public IReadOnlyList<PendingDeposit>? Find(string user) => _pending.GetValueOrDefault(user);

    /// <summary>Takes over an answer; tells whether it says something new.</summary>
    public bool Update(string user, IReadOnlyList<PendingDeposit> pending)
    {
        var isNew = !_pending.TryGetValue(user, out var before) || !before.SequenceEqual(pending);
        _pending[user] = pending;
        return isNew;
    }
}
