using CreditManager.Core.Money;

namespace CreditManager.Core.Attempts;

/// <summary>How an attempt ended, as far as money is concerned.</summary>
public enum AttemptOutcome
{
    /// <summary>The script did its work.</summary>
    Succeeded,

    /// <summary>The script's own doing: its exit status, its memory, its time.</summary>
    Failed,

    /// <summary>Stopped because it had cost as much as its cap allows.</summary>
    Capped,

    /// <summary>Stopped because its user was at the debt limit.</summary>
    AbortedForDebt,

    /// <summary>The platform lost or stopped it.</summary>
    PlatformFault,
}

/// <summary>An attempt that has ended.</summary>
/// <param name="AttemptId">Unique for good.</param>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function it is of.</param>
/// <param name="Task">The task's key.</param>
/// <param name="Number">Counts the task's attempts from 1.</param>
/// <param name="ContainerId">Where it ran.</param>
/// <param name="Slot">In which slot.</param>
/// <param name="StartedAt">When the script was started.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="BeforeMicroseconds">The slot's CPU counter at its start.</param>
/// <param name="AfterMicroseconds">The slot's CPU counter at its end.</param>
/// <param name="ImageSha256">Digest of the image; empty where it is not known.</param>
/// <param name="ScriptSha256">Digest of the script.</param>
/// <param name="TaskSha256">Digest of the task file.</param>
public sealed record AttemptFacts(
    string AttemptId,
    string User,
    string Function,
    string Task,
    int Number,
    string ContainerId,
    int Slot,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    AttemptOutcome Outcome,
    long BeforeMicroseconds,
    long AfterMicroseconds,
    string ImageSha256,
    string ScriptSha256,
    string TaskSha256);

/// <summary>The part of an attempt that was used at one price.</summary>
/// <param name="Tariff">The price.</param>
/// <param name="BaseMicroseconds">The slot's counter at which the price took hold in its container.</param>
/// <param name="BeforeMicroseconds">The slot's counter at the beginning of the part.</param>
/// <param name="AfterMicroseconds">The slot's counter at its end.</param>
/// <param name="Amount">What it costs.</param>
public sealed record AttemptPart(
    TariffVersion Tariff, long BaseMicroseconds, long BeforeMicroseconds, long AfterMicroseconds, GrcAmount Amount);
