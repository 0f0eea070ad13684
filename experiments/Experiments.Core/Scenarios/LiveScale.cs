using Scaler.Core.Policies;

namespace Experiments.Core.Scenarios;

/// <summary>
/// How an experiment is made to fit a real machine and a short time: its times are divided, and so is the CPU that anything may have. Amounts of
/// money stay as they are, for CPU time costs so much more.
/// </summary>
/// <param name="Time">A second of the scenario takes this part of a second.</param>
/// <param name="Width">A core of the scenario is this part of a core.</param>
internal sealed record LiveScale(int Time, int Width)
{
    /// <summary>The scale at which everything that a scenario runs at once has room on so many cores.</summary>
    public static LiveScale Fit(Scenario scenario, int time, int cores)
    {
        var widest = scenario.Functions.Sum(f => f.Slots * scenario.Batches.Where(b => b.Function == f.Name).SelectMany(b => b.Tasks).Max(t => (int?)t.Cores) ?? 0);
        return new LiveScale(time, Math.Max(1, (widest + cores - 1) / cores));
    }

    /// <summary>How much more CPU time costs.</summary>
    public int Price => Time * Width;

    /// <summary>A time of the scenario on the machine.</summary>
    public TimeSpan ToMachine(TimeSpan time) => time / Time;

    /// <summary>A time on the machine, in the scenario.</summary>
    public TimeSpan ToScenario(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Round(time.TotalMilliseconds) * Time);

    /// <summary>Shares of the scenario on the machine; of something at least one.</summary>
    public int ToMachine(int shares) => shares == 0 ? 0 : Math.Max(1, shares / Width);

    /// <summary>Bounds on the machine.</summary>
    public ScalingBounds ToMachine(ScalingBounds bounds) =>
        new(ToMachine(bounds.MinShares), ToMachine(bounds.MaxShares), ToMachine(bounds.BoundaryShares), ToMachine(bounds.StepShares));

    /// <summary>CPU time on the machine, in the scenario.</summary>
    public long ToScenario(long microseconds) => microseconds * Price;

    /// <summary>
    /// What the scenario would have to say of the machine's own times for a simulation to show them as large as they are beside times that are
    /// divided.
    /// </summary>
    public PlatformRules Dilate(PlatformRules rules) => rules with
    {
        BillingCycle = TimeSpan.FromMilliseconds(200) * Time,
        WalletPoll = TimeSpan.FromMilliseconds(500) * Time,
        StandingsPoll = rules.StandingsPoll * Time,
        ContainerStart = rules.ContainerStart * Time,
        ContainerStop = rules.ContainerStop * Time,
        ContainerStartWork = rules.ContainerStartWork * Price,
        TaskStart = rules.TaskStart * Time,
    };
}
