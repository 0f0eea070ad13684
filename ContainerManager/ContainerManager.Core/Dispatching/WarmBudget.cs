namespace ContainerManager.Core.Dispatching;

/// <summary>The part of a node's memory that containers may have only to be warm.</summary>
public static class WarmBudget
{
    /// <summary>Why a container cannot be up only to be warm; null where it can.</summary>
    /// <param name="memoryBytes">Its memory limit.</param>
    /// <param name="warmBytes">Memory limits of the others that are.</param>
    /// <param name="budgetBytes">What they may have together.</param>
    public static string? WhyCold(long memoryBytes, long warmBytes, long budgetBytes) =>
        memoryBytes > budgetBytes ? "the function's memory limit is larger than the node's warm budget"
        : memoryBytes > budgetBytes - warmBytes ? "the node's warm budget is used"
        : null;

    /// <summary>Why one is not started only to be warm; null where it may be. Nobody makes room for it, and it overtakes nobody who has a task.</summary>
    /// <param name="memoryBytes">Its memory limit.</param>
    /// <param name="freeBytes">The node's memory that no container has.</param>
    /// <param name="othersWait">Whether others wait for room for their tasks.</param>
    public static string? WhyNotStarted(long memoryBytes, long freeBytes, bool othersWait) =>
        othersWait ? "others wait for room on the node" : memoryBytes > freeBytes ? "the node is full" : null;
}
