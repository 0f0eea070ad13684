namespace PlatformHarness.Tasks;

/// <summary>One run of a script, as the script itself wrote it down.</summary>
/// <param name="ContainerId">The container in whose /tmp that is written.</param>
/// <param name="Slot">In which slot.</param>
/// <param name="AttemptId">From the path that the script was given.</param>
/// <param name="Number">The task's own number, from the task file.</param>
/// <param name="Starts">How often this attempt's script began; 1, or something is wrong.</param>
/// <param name="StartedAt">Its first line.</param>
/// <param name="LastSeenAt">Its last line, or that of what it left behind.</param>
/// <param name="Ended">Whether it came to its end by itself.</param>
internal sealed record ScriptRun(
    string ContainerId, int Slot, string AttemptId, int Number, int Starts, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool Ended)
{
    /// <summary>Whether both were alive at one moment.</summary>
    public bool Overlaps(ScriptRun other) => StartedAt <= other.LastSeenAt && other.StartedAt <= LastSeenAt;
}
