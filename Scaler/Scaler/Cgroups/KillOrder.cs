namespace Scaler.Cgroups;

/// <summary>
/// Says who is to be killed next, so that the dead are buried by their own. The first process of a container's namespace has not used its last
/// microseconds before everybody in there is waited for by a parent, and some have theirs outside. Killed at the same time, those parents leave
/// them to the machine's init, which may be seconds late, and a final reading would miss what is used then. So those inside die first,
/// and who watches over them has time to see to it and to end by himself.
/// </summary>
internal sealed class KillOrder
{
    /// <summary>What a watcher takes to end: some milliseconds, more on a busy machine.</summary>
    private static readonly TimeSpan Mourning = TimeSpan.FromMilliseconds(500);

    /// <summary>From then on everybody is killed, whoever does not die.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private TimeSpan? _lastSeenInside;

    /// <summary>Whom to kill now; null for everybody.</summary>
    /// <param name="inside">Those left who live in a namespace of their own.</param>
    /// <param name="elapsed">Time since the killing began.</param>
    public IReadOnlyList<int>? Next(IReadOnlyList<int> inside, TimeSpan elapsed)
    {
        if (inside.Count > 0)
        {
            _lastSeenInside = elapsed;
        }

        return _lastSeenInside is { } seen && elapsed < Longest && elapsed - seen < Mourning ? inside : null;
    }
}
