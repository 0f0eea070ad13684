using ContainerManager.Contracts;
using ContainerManager.Core;
using ContainerManager.Dispatching;
using CreditManager.Contracts;

namespace ContainerManager.Buckets;

/// <summary>The content of <c>receipts/&lt;task&gt;.json</c>: what a task used and cost.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="TaskId">Its id.</param>
/// <param name="Function">Its function.</param>
/// <param name="User">Who pays.</param>
/// <param name="Phase">What became of it.</param>
/// <param name="SeenAt">When it was first seen.</param>
/// <param name="UsageMicroseconds">CPU time of all attempts.</param>
/// <param name="VcoreSeconds">The same in vcore-seconds.</param>
/// <param name="CostGrc">What that costs; null where a price was not known.</param>
/// <param name="WallSeconds">Time of all attempts.</param>
/// <param name="ExitStatus">Of the last attempt; null where it had none.</param>
/// <param name="Reason">Of the last attempt's end, in words.</param>
/// <param name="ContainerId">Where the last attempt ran.</param>
/// <param name="ImageSha256">What it ran.</param>
/// <param name="ScriptSha256">The script.</param>
/// <param name="TaskSha256">The task file.</param>
/// <param name="ResultsLeftOut">Results that are not in the bucket, and why.</param>
/// <param name="Attempts">All attempts, oldest first.</param>
/// <param name="CapGrc">The most that the task might cost; null where there was no cap.</param>
/// <param name="RefundedGrc">What was paid back of it.</param>
/// <param name="Proof">What the last attempt used and cost, signed by the provider; null until that is there.</param>
internal sealed record TaskReceipt(
    string Task,
    string TaskId,
    string Function,
    string User,
    TaskPhase Phase,
    DateTimeOffset SeenAt,
    long UsageMicroseconds,
    decimal VcoreSeconds,
    decimal? CostGrc,
    decimal WallSeconds,
    int? ExitStatus,
    string Reason,
    string ContainerId,
    string ImageSha256,
    string ScriptSha256,
    string TaskSha256,
    IReadOnlyList<string> ResultsLeftOut,
    IReadOnlyList<AttemptView> Attempts,
    decimal? CapGrc = null,
    decimal RefundedGrc = 0,
    SignedReceipt? Proof = null)
{
    private const decimal MicrosecondsPerSecond = 1_000_000m;

    public static TaskReceipt Of(TaskLease lease, string user, TaskVerdict verdict, IReadOnlyList<string> leftOut)
    {
        var attempts = verdict.Attempts;
        var last = attempts[^1];
        var usage = attempts.Sum(a => a.UsageMicroseconds);
        var wall = attempts.Sum(a => ((a.EndedAt ?? a.StartedAt) - a.StartedAt).Ticks) / (decimal)TimeSpan.TicksPerSecond;
        return new TaskReceipt(
            lease.Task, lease.TaskId, lease.Function, user, Enum.Parse<TaskPhase>(verdict.State.ToString()), lease.SeenAt,
            usage, usage / MicrosecondsPerSecond, Cost(attempts), wall, last.ExitStatus, last.Reason, last.ContainerId,
            verdict.Digests.Image, verdict.Digests.Script, verdict.Digests.Task, leftOut, attempts,
            verdict.Cap is { } cap ? GrcText.ToGrc(cap.Halfords) : null, Refunded(attempts));
    }

    /// <summary>The receipt with the provider's signature, and with costs as they are in the ledger.</summary>
    /// <param name="proof">The signed receipt of the last attempt.</param>
    /// <param name="costs">Costs and refunds in halfords by the attempt's number, as far as they are known.</param>
    public TaskReceipt With(SignedReceipt proof, IReadOnlyDictionary<int, (long? Cost, long Refunded)> costs)
    {
        var attempts = Attempts
            .Select(a => costs.TryGetValue(a.Attempt, out var known) ? a with { CostHalfords = known.Cost ?? a.CostHalfords, RefundedHalfords = known.Refunded } : a)
            .ToList();
        return this with { Attempts = attempts, CostGrc = Cost(attempts), RefundedGrc = Refunded(attempts), Proof = proof };
    }

    private static decimal? Cost(IReadOnlyList<AttemptView> attempts) =>
        attempts.Any(a => a.CostHalfords is null) ? null : GrcText.ToGrc(attempts.Sum(a => a.CostHalfords ?? 0));

    private static decimal Refunded(IReadOnlyList<AttemptView> attempts) => GrcText.ToGrc(attempts.Sum(a => a.RefundedHalfords));
}
