using CreditManager.Core.Money;

namespace Traces.Replay;

/// <summary>What a day was like under one policy.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Totals">Of all containers.</param>
/// <param name="ColdShares">Part of its invocations that were cold, for each function that had any, rising.</param>
/// <param name="Owners">How many users pay.</param>
/// <param name="UsedMicroseconds">CPU time used, by tasks and by starts.</param>
/// <param name="HeldByteSeconds">Memory that the provider held.</param>
/// <param name="IdleByteSeconds">The part of it in containers that ran no task.</param>
/// <param name="CostOfUsed">What all users pay together where used CPU is billed, as this platform does it; the provider's income.</param>
/// <param name="CostOfAllocated">The same where a core is billed for as long as a container is up.</param>
/// <param name="IdleCost">What the idle memory costs the provider.</param>
internal sealed record PolicyResult(
    string Policy,
    PoolTotals Totals,
    IReadOnlyList<double> ColdShares,
    int Owners,
    long UsedMicroseconds,
    long HeldByteSeconds,
    long IdleByteSeconds,
    GrcAmount CostOfUsed,
    GrcAmount CostOfAllocated,
    GrcAmount IdleCost)
{
    /// <summary>Part of all invocations that were cold.</summary>
    public double ColdShare => Totals.Tasks == 0 ? 0 : (double)Totals.ColdStarts / Totals.Tasks;

    /// <summary>The part of a function's invocations that so many percent of the functions do not exceed.</summary>
    public double ColdShareOfFunctions(int percent) =>
        ColdShares.Count == 0 ? 0 : ColdShares[Math.Clamp((int)Math.Ceiling(percent / 100.0 * ColdShares.Count) - 1, 0, ColdShares.Count - 1)];
}
