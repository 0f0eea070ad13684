namespace Experiments.Core.Courses;

/// <summary>Something that happened.</summary>
/// <param name="At">Since the start.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Subject">The task, function or user that it happened to.</param>
/// <param name="User">Whose.</param>
/// <param name="Function">Of which function; empty for a user's events.</param>
/// <param name="Details">In a few words; may be empty.</param>
internal sealed record CourseEvent(TimeSpan At, string Kind, string Subject, string User, string Function = "", string Details = "");

/// <summary>What can happen, and to what.</summary>
internal static class EventKinds
{
    public const string Dropped = "dropped";
    public const string Started = "started";
    public const string Finished = "finished";
    public const string GivenUp = "given_up";
    public const string Returned = "returned";
    public const string ContainerStarted = "container_started";
    public const string ContainerStopped = "container_stopped";
    public const string Restricted = "restricted";
    public const string Lifted = "lifted";
    public const string Frozen = "frozen";
    public const string Thawed = "thawed";
    public const string FundsSent = "funds_sent";
    public const string Funds = "funds";
    public const string Settled = "settled";
    public const string Normal = "normal";
    public const string Low = "low";
    public const string Indebted = "indebted";
    public const string Exhausted = "exhausted";

    /// <summary>Those of a task.</summary>
    public static IReadOnlyList<string> OfTasks { get; } = [Dropped, Started, Finished, GivenUp, Returned];

    /// <summary>Those of a function's container.</summary>
    public static IReadOnlyList<string> OfFunctions { get; } = [ContainerStarted, ContainerStopped, Restricted, Lifted, Frozen, Thawed];

    /// <summary>Those of a user; the last four say how it stands from then on.</summary>
    public static IReadOnlyList<string> OfUsers { get; } = [FundsSent, Funds, Settled, Normal, Low, Indebted, Exhausted];
}
