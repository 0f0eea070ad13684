using ContainerManager.Billing;
using ContainerManager.Core.Containers;
using ContainerManager.Functions;

namespace ContainerManager.Working;

/// <summary>Says whether a running container has to end.</summary>
internal sealed class ContainerJudge(AdmissionGate gate, StandingBook standings)
{
    /// <summary>How long the function's container may be idle.</summary>
    public static TimeSpan IdleTimeout(FunctionContext function) => function.Setup?.IdleTimeout ?? Core.Settings.IdleTimeout.Default;

    /// <summary>Why it ends; null where it runs on.</summary>
    public StopReason? WhyEnd(FunctionContext function, FunctionContainer container)
    {
        container.Draining |= IsOutdated(function, container);
        var facts = new EndFacts(
            function.StopAsked || function.IsEnding,
            standings.Find(function.Row.User)?.MustAbort == true,
            container.Broken,
            container.Draining,
            container.IdleFor,
            IdleTimeout(function));
        return EndRules.WhyEnd(facts, () => function.Queue.HasNext && gate.WhyNoTask(function) is null);
    }

    private static bool IsOutdated(FunctionContext function, FunctionContainer container) =>
        function.Setup is { Settings: not null, Image: not null } setup && setup.Fingerprint != container.Facts.Fingerprint;
}
