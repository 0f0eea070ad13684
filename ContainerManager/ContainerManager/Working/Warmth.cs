using ContainerManager.Billing;
using ContainerManager.Core.KeepWarm;
using ContainerManager.Core.Status;
using ContainerManager.Functions;
using CreditManager.Contracts;

namespace ContainerManager.Working;

/// <summary>Says of a function whether its container is up while no task waits, and tells the user.</summary>
internal sealed class Warmth(AdmissionGate gate, StandingBook standings, NodeRoom room)
{
    // What one cold start that is avoided is worth, as time of an idle container.
    private static readonly TimeSpan WorthOfColdStart = TimeSpan.FromMinutes(10);

    /// <summary>Why a container is started though no task waits; null where none is.</summary>
    public WarmReason? WhyStart(FunctionContext function) => WarmRules.WhyStart(Facts(function));

    /// <summary>Takes the room for such a start; false where there is none, which is told.</summary>
    public bool TryTakeRoom(FunctionContext function, long memoryBytes)
    {
        var why = room.TryTakeWarm(function, memoryBytes);
        function.Warm = why is null ? null : WarmWords.Cold(why);
        return why is null;
    }

    /// <summary>How long the container may be idle, as things are.</summary>
    /// <param name="function">The function.</param>
    /// <param name="container">Its container.</param>
    /// <param name="idleFor">How long it has been; null while it works.</param>
    public TimeSpan IdleTimeout(FunctionContext function, FunctionContainer container, TimeSpan? idleFor)
    {
        if (idleFor is not { } idle)
        {
            room.NotWarm(function.Name);
            return Plain(function);
        }

        var facts = Facts(function);
        var hold = WarmRules.Hold(facts, idle, container.WasNeeded);
        if (!hold.NeedsRoom)
        {
            room.NotWarm(function.Name);
        }

        var why = hold.NeedsRoom ? room.TryKeepWarm(function, container.Facts.MemoryBytes) : null;
        var timeout = why is null ? hold.IdleTimeout : facts.Fixed;
        function.Warm = Words(function, container, facts, timeout, why);
        return timeout;
    }

    /// <summary>Tells what is to come where no container is up and none is to start now.</summary>
    public void TellDown(FunctionContext function)
    {
        var facts = Facts(function);
        var isCold = function.Setup?.Settings is { MinWarm: > 0 };
        function.Warm = isCold && gate.WhyNoTask(function) is { } why ? WarmWords.Cold(why)
            : WarmRules.StartsAt(facts) is { } after && function.Rest.Since is { } since ? WarmWords.Expected(since + after)
            : null;
    }

    private static string? Words(FunctionContext function, FunctionContainer container, WarmFacts facts, TimeSpan timeout, string? whyCold)
    {
        if (timeout == TimeSpan.MaxValue)
        {
            return WarmWords.Kept;
        }

        if (whyCold is not null)
        {
            return $"{WarmWords.Cold(whyCold)}; {WarmWords.Stops(container.IdleSince + timeout)}";
        }

        var expected = WarmRules.EndsAt(facts) is { } after ? function.Rest.Since + after : null;
        return expected is { } ends && !container.WasNeeded ? WarmWords.Ahead(ends) : WarmWords.Stops(expected ?? (container.IdleSince + timeout));
    }

    private static TimeSpan Plain(FunctionContext function) => function.Setup?.IdleTimeout ?? Core.Settings.IdleTimeout.Default;

    private WarmFacts Facts(FunctionContext function)
    {
        var setup = function.Setup;
        var settings = setup?.Settings;
        var plain = Plain(function);
        var isPredicted = settings is { IsIdlePredicted: true };
        return new WarmFacts(
            settings is { MinWarm: > 0 } && gate.MayKeep(function),
            setup?.Image is not null && settings is not null && gate.WhyNoTask(function) is null,
            isPredicted && standings.Find(function.Row.User)?.Standing == Standing.Normal,
            plain,
            isPredicted ? function.Rest.Window(new WorthRule(WorthOfColdStart, plain)) : null,
            function.Rest.For);
    }
}
