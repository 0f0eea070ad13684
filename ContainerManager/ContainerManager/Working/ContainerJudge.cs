using ContainerManager.Billing;
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
        if (function.StopAsked || function.IsEnding)
        {
            return StopReason.Asked;
        }

        if (standings.Find(function.Row.User)?.MustAbort == true)
        {
            return StopReason.Debt;
        }

        if (container.Broken)
        {
            return StopReason.Crashed;
        }

        container.Draining |= IsOutdated(function, container);
        var isIdleTooLong = container.IdleFor >= IdleTimeout(function) && !(function.Queue.HasNext && gate.WhyNoTask(function) is null);
        return isIdleTooLong || container.Draining ? StopReason.NotNeeded : null;
    }

    private static bool IsOutdated(FunctionContext function, FunctionContainer container) =>
        function.Setup is { Settings: not null, Image: not null } setup && setup.Fingerprint != container.Facts.Fingerprint;
}
