using System.Collections.Concurrent;
using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// A file counts as an object once it is complete. The kernel tells (<see cref="WriterCheck"/>); where it does not, a file is complete when
/// it has not changed for <see cref="Quiet"/>.
/// </summary>
internal sealed class SettleRule(TimeProvider timeProvider)
{
    /// <summary>How long a file must have been left alone where nobody can say whether it is being written.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    // Asking costs an open; a writer that has been silent for this long is found out when the object is moved or read.
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _unsettledUntil = new(StringComparer.Ordinal);

    /// <summary>Whether a listed file is complete, as far as is cheap to know.</summary>
    public bool MayList(string bucket, DirectoryHandle directory, string name, FileStat stat) =>
        stat.ChangedAt < timeProvider.GetUtcNow() - Recent || IsComplete(bucket, WriterCheck.Ask(directory, name), stat);

    /// <summary>Whether a file is complete.</summary>
    public bool IsComplete(string bucket, WriterState state, FileStat stat)
    {
        var now = timeProvider.GetUtcNow();
        if (state != WriterState.Unknown || (now - stat.ChangedAt).Duration() >= Quiet)
        {
            return state != WriterState.Writing;
        }

        _unsettledUntil[bucket] = now + Quiet;
        return false;
    }

    /// <summary>How long to wait for a change at most, so that files that were left out of a listing until they settle are found then.</summary>
    public TimeSpan Limit(string bucket, TimeSpan timeout)
    {
        if (!_unsettledUntil.TryRemove(bucket, out var until))
        {
            return timeout;
        }

        var left = until - timeProvider.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < timeout ? left : timeout;
    }
}
