using System.Globalization;

namespace ContainerManager.Core.Tasks;

/// <summary>Reasons of attempts' ends, in words for the user.</summary>
public static class AttemptWords
{
    private const int FirstSignalStatus = 128;
    private const int CommandNotFound = 127;

    /// <summary>The script ended by itself.</summary>
    public static string Exit(int status) => status switch
    {
        0 => "done",
        CommandNotFound => "exit status 127: a command was not found; if the log says so of bash, the image has no bash",
        > FirstSignalStatus and <= FirstSignalStatus + 64 => string.Create(
            CultureInfo.InvariantCulture, $"ended by signal {status - FirstSignalStatus} (exit status {status})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"the script ended with exit status {status}"),
    };

    /// <summary>It used more memory than the function has.</summary>
    public static string OutOfMemory(long limitBytes) => $"killed by the kernel: memory limit {ByteSizeText.Format(limitBytes)}";

    /// <summary>It wrote more than the function may.</summary>
    public static string OutOfDisk(long limitBytes) => $"stopped: its files reached the function's disk limit of {ByteSizeText.Format(limitBytes)}";

    /// <summary>It ran too long.</summary>
    public static string TimedOut(TimeSpan wallTime) =>
        string.Create(CultureInfo.InvariantCulture, $"stopped after {wallTime.TotalSeconds:0.###} s: the function's wall_time");

    /// <summary>Its task had cost as much as it may.</summary>
    public static string Capped(long costHalfords, long capHalfords) =>
        $"stopped: cost {GrcText.Exactly(costHalfords)} GRC reached its cap of {GrcText.Exactly(capHalfords)} GRC";

    /// <summary>Its user was at the debt limit.</summary>
    public const string AbortedForDebt = "stopped: its user is at the debt limit; the task is back in input/";

    /// <summary>The container went away under it.</summary>
    public const string ContainerLost = "the container ended under it; the task is back in input/";

    /// <summary>The container died under it, and the platform did not do it.</summary>
    public const string ContainerDied = "its container died under it: killed by the script itself or from outside";

    /// <summary>What the deaths of containers mean for the task, for <c>status.json</c>.</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="counted">How many of its attempts count by now.</param>
    /// <param name="isGivenUp">Whether it gets no other.</param>
    public static string Died(string task, int counted, bool isGivenUp) => string.Create(
        CultureInfo.InvariantCulture,
        $"{task}: {ContainerDied}; {(isGivenUp ? $"given up on after {counted} attempts that count: it is in failed/" : "that counts as an attempt; the task is tried again")}.");

    /// <summary>Somebody stopped the container.</summary>
    public const string ContainerStopped = "the container was stopped; the task is back in input/";

    /// <summary>The script killed what runs it.</summary>
    public const string RunnerLost = "the runner of its slot was killed, by the script itself or from outside";
}
