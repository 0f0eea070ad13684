using ContainerManager.Billing;
using ContainerManager.Contracts;
using ContainerManager.Core;
using ContainerManager.Core.Status;
using ContainerManager.Triggers;
using CreditManager.Contracts;
using ServiceDefaults;

namespace ContainerManager.Functions;

/// <summary>Says what is going on in a function.</summary>
internal sealed class StatusComposer(StandingBook standings, DepositBook deposits, AdmissionGate gate, ChainGate chains, TimeProvider time)
{
    /// <summary>The status now.</summary>
    public FunctionStatus Compose(FunctionContext function)
    {
        var standing = standings.Find(function.Row.User);
        var container = function.Container?.View();
        var waiting = function.Queue.Waiting;
        var waitingFor = waiting > 0 ? gate.WhyWaiting(function) : null;
        var running = function.Running.Values.OrderBy(r => r.StartedAt).ThenBy(r => r.Task, StringComparer.Ordinal).ToList();
        IReadOnlyList<string> problems = chains.WhyNot(function) is { } objection ? [objection, .. function.Problems.All] : function.Problems.All;
        // What was said when it was idle last is of no interest while it works.
        var warm = running.Count == 0 ? function.Warm : null;
        var facts = new StatusFacts(
            problems, running.Count, waiting, waitingFor, container is null ? null : Words(container), standing?.Standing == Standing.Exhausted,
            RunwayText.Of(standing?.RunwaySeconds), warm);
        return new FunctionStatus(
            function.Name, function.Bucket, function.Row.User, time.GetUtcNow(), StatusSentence.Of(facts), problems,
            standing is null ? null : Money(standing), container, waiting, waitingFor, running, function.Succeeded, function.Failed,
            function.Setup?.Settings?.OnSuccess?.ToString(), Schedule(function), warm);
    }

    private static FunctionSchedule? Schedule(FunctionContext function) => function.Schedule is not { } row ? null : new FunctionSchedule(
        row.Expression, new DateTimeOffset(row.DueAt, TimeSpan.Zero), row.DroppedAt is { } dropped ? new DateTimeOffset(dropped, TimeSpan.Zero) : null);

    private FunctionMoney Money(UserStanding standing) => new(
        KeyText.Of(standing.Standing.ToString()),
        GrcText.ToGrc(standing.BalanceHalfords),
        standing.Reason,
        RunwayText.Of(standing.RunwaySeconds),
        standing.RunwaySeconds,
        GrcText.ToGrc(standing.SpendHalfordsPerHour),
        standing.SettlementHold,
        deposits.Find(standing.User));

    private static string Words(ContainerView container) => container.Phase switch
    {
        ContainerPhase.PreparingImage => $"preparing its image {container.Image}",
        ContainerPhase.Starting => "starting",
        ContainerPhase.Running => "ready",
        ContainerPhase.Stopping => "stopping",
        var other => throw new InvalidOperationException($"Unknown phase {other}."),
    };
}
