using ContainerManager.Billing;
using ContainerManager.Core.Dispatching;
using ContainerManager.Triggers;
using ServiceDefaults;

namespace ContainerManager.Functions;

/// <summary>Says whether a function's next task, or its container, may start.</summary>
internal sealed class AdmissionGate(StandingBook standings, ChainGate chains)
{
    /// <summary>Why no task may start in the container that is up; null where one may.</summary>
    public string? WhyNoTask(FunctionContext function) => Admission.WhyNot(Facts(function) with { NodeBlock = null });

    /// <summary>Why nothing may be done at the owner's cost, whatever the bucket holds; null where it may.</summary>
    public string? WhyNothing(FunctionContext function) => Admission.WhyNot(Facts(function) with { Blocks = [], NodeBlock = null });

    /// <summary>Whether its owner, as known last, may have a container that only waits.</summary>
    public bool MayKeep(FunctionContext function) =>
        function.Row.Active && !function.IsEnding && standings.Find(function.Row.User)?.MayStart != false;

    /// <summary>Why waiting tasks wait, the node's room included; null where for nothing but their turn.</summary>
    public string? WhyWaiting(FunctionContext function) => Admission.WhyNot(Facts(function)) ?? function.Queue.Skipped ?? function.Queue.Held;

    private AdmissionFacts Facts(FunctionContext function)
    {
        var owner = standings.Find(function.Row.User);
        return new AdmissionFacts(
            function.Row.Active,
            function.Row.User,
            standings.IsFresh,
            owner is null ? null : new OwnerFacts(owner.MayStart, KeyText.Of(owner.Standing.ToString()), owner.Reason, owner.NeededHalfords),
            Blocks(function),
            function.NodeBlock);
    }

    private IReadOnlyList<string> Blocks(FunctionContext function) =>
        function.IsEnding ? ["the function is being removed"]
        : function.Setup?.Blocks is not { } blocks ? ["the bucket has not been read yet"]
        : chains.WhyNot(function) is null ? blocks
        : [.. blocks, "its results cannot go on: see problems"];
}
