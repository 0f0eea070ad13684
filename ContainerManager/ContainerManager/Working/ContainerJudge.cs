using ContainerManager.Billing;
using ContainerManager.Core.Containers;
using ContainerManager.Functions;

namespace ContainerManager.Working;

/// <summary>Says whether a running container has to end.</summary>
internal sealed class ContainerJudge(AdmissionGate gate, StandingBook standings)
{
    /// <summary>Why it ends; null where it runs on.</summary>
    /// <param name="function">The function.</param>
    /// <param name="container">Its container.</param>
    /// <param name="idleFor">How long it has been idle; null while it works.</param>
    /// <param name="idleTimeout">How long it may be idle.</param>
    public StopReason? WhyEnd(FunctionContext function, FunctionContainer container, TimeSpan? idleFor, TimeSpan idleTimeout)
    {
        container.Draining |= IsOutdated(function, container);
        var facts = new EndFacts(
            function.StopAsked || function.IsEnding,
            standings.Find(function.Row.User)?.MustAbort == true,
            container.Died,
            container.Broken,
            container.Draining,
            idleFor,
            idleTimeout);
        return EndRules.WhyEnd(facts, () => function.Queue.HasNext && gate.WhyNoTask(function) is null);
    }

    private static bool IsOutdated(FunctionContext function, FunctionContainer container) =>
        function.Setup is { Settings: not null, Image: not null } setup && setup.Fingerprint != container.Facts.Fingerprint;
}
