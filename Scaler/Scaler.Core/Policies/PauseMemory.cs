namespace Scaler.Core.Policies;

/// <summary>
/// How long demand is known to pause before it returns. A limit that is lowered in every pause is raised again after it, and each raise
/// costs the container a part of a second; so the limit is held through pauses of a load that has paused like that before. Longer pauses are not
/// waited for: there the waste would be greater than what the raise costs.
/// </summary>
/// <param name="HoldTime">For how long a peak of demand counts.</param>
/// <param name="SeenAt">When a pause of that length was last seen; null for never.</param>
internal sealed record PauseMemory(TimeSpan HoldTime, TimeSpan? SeenAt)
{
    private const double MoreThanSeen = 2;

    /// <summary>Demand that has come back to so much of what it was has returned.</summary>
    private const double Returned = 0.8;

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan UsualForInferred = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    /// <summary>
    /// For how long demand counts that was only inferred while the limit bit: it is measured soon after, once the limit is raised, unless
    /// the load is known to come and go.
    /// </summary>
    public TimeSpan InferredHoldTime => SeenAt is null ? UsualForInferred : HoldTime;

    /// <summary>No pauses known.</summary>
    public static PauseMemory None { get; } = new(Usual, null);

    /// <summary>Takes one measurement in.</summary>
    /// <param name="earlier">Demand before it.</param>
    /// <param name="demandShares">Demand now.</param>
    /// <param name="now">When.</param>
    public PauseMemory Observe(DemandHistory earlier, double demandShares, TimeSpan now)
    {
        var pause = earlier.LastAtLeast(demandShares * Returned) is { } last ? now - last : TimeSpan.Zero;
        var wanted = pause * MoreThanSeen;
        if (wanted > Usual)
        {
            var longer = wanted > HoldTime ? wanted : HoldTime;
            return new PauseMemory(longer < DemandHistory.Length ? longer : DemandHistory.Length, now);
        }

        return SeenAt is { } seen && now - seen >= Memory ? None : this;
    }
}
