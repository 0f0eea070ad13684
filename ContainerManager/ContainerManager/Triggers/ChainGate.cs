using ContainerManager.Core.Triggers;
using ContainerManager.Functions;

namespace ContainerManager.Triggers;

/// <summary>Says whether a function's results may go on to where it wants them.</summary>
internal sealed class ChainGate(FunctionDirectory functions)
{
    /// <summary>Why not, in a sentence that names what is allowed; null where they may, or go nowhere.</summary>
    /// <remarks>A chain that loops would run, and cost, for ever. All of its functions are told.</remarks>
    public string? WhyNot(FunctionContext function)
    {
        if (Target(function) is not { } handoff)
        {
            return null;
        }

        if (functions.FindByBucket(handoff.Bucket) is not { } target || target.Row.User != function.Row.User)
        {
            return $"on_success: user {function.Row.User} has no function with the bucket \"{handoff.Bucket}\"; allowed: {Handoff.Allowed}.";
        }

        return Chain.FindLoop(function.Name, NextOf) is { } loop
            ? $"on_success: the chain {string.Join(" → ", loop)} loops and would never end; remove on_success from one of them."
            : null;
    }

    private static Handoff? Target(FunctionContext function) => function.Setup?.Settings?.OnSuccess;

    private string? NextOf(string function) =>
        functions.Find(function) is { } found && Target(found) is { } handoff ? functions.FindByBucket(handoff.Bucket)?.Name : null;
}
