namespace Scaler.Core.Policies;

/// <summary>
/// How long demand is known to pause before it returns. A limit that is lowered in every pause is raised again after it, and each raise
/// costs the container a part of a second; so the limit is held through pauses of a load that has paused like that before. Longer pauses are not
/// waited for: there the waste would be greater than what the raise costs.
/// </summary>
/// <param name="HoldTime">For how long a peak of demand counts.</param>
/// <param name="SeenAt">When a pause of that length was last seen; null for never.</param>
/// <param name="ReturnedAt">When demand last returned from any pause; null for never.</param>
internal sealed record PauseMemory(TimeSpan HoldTime, TimeSpan? SeenAt, TimeSpan? ReturnedAt)
{
    private const double MoreThanSeen = 2;

    /// <summary>Demand that has come back to so much of what it was has returned.</summary>
    private const double Returned = 0.8;

    /// <summary>Demand that has fallen below this part of what it was pauses.</summary>
    private const double Paused = 0.5;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan UsualForInferred = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    /// <summary>
    /// For how long demand counts that was only inferred while the limit bit: it is measured soon after, once the limit is raised, unless
    /// the load is known to come and go.
    /// </summary>
    public TimeSpan InferredHoldTime => SeenAt is null ? UsualForInferred : HoldTime;

    /// <summary>No pauses known.</summary>
    public static PauseMemory None { get; } = new(Usual, null, null);

    /// <summary>Whether demand has lately fallen and returned.</summary>
    public bool ComesAndGoes(TimeSpan now) => ReturnedAt is { } returned && now - returned < DemandHistory.Length;

    /// <summary>Takes one measurement in.</summary>
    /// <param name="earlier">Demand before it.</param>
    /// <param name="demandShares">Demand now.</param>
    /// <param name="now">When.</param>
    public PauseMemory Observe(DemandHistory earlier, double demandShares, TimeSpan now)
    {
        if (earlier.LastAtLeast(demandShares * Returned) is not { } last || earlier.LowestAfter(last) >= demandShares * Paused)
        {
            return SeenAt is { } seen && now - seen >= Memory ? this with { HoldTime = Usual, SeenAt = null } : this;
        }

        var wanted = (now - last) * MoreThanSeen;
        var longer = wanted > HoldTime ? wanted : HoldTime;
        return wanted > Usual
            ? new PauseMemory(longer < DemandHistory.Length ? longer : DemandHistory.Length, now, now)
            : this with { ReturnedAt = now };
    }
}
