using Scaler.Contracts;
using Testing;

namespace Scaler.Tests.Service;

public sealed class CrashTests
{
    [Fact]
    public async Task Sigkill_Running_NextRunTakesOverWithoutAJump()
    {
        await using var scaler = new ScalerProcess();
        await scaler.StartAsync();
        var container = await scaler.Api.RegisterAsync("c1", ScalerNode.Registration(policy: "tracking"));
        using var busy = new JoinedProcess(container.Slots[0].JoinFiles, JoinedProcess.Busy);
        await Eventually.HoldsAsync(async () => await scaler.Api.FindContainerAsync("c1") is { UsageMicroseconds: > 300_000 });
        var told = Assert.Single(await scaler.Api.GetUsageAsync());

        await scaler.KillAsync();
        var limitShares = scaler.Cgroups.LimitShares("c1");
        Assert.False(busy.HasExited);
        await scaler.StartAsync();

        var reading = Assert.Single(await scaler.Api.GetUsageAsync());
        var takenOver = (await scaler.Api.GetDecisionsAsync("c1"))[0];
        Assert.Equal((DecisionKind.Start, limitShares), (takenOver.Kind, takenOver.LimitShares));
        Assert.InRange(reading.UsageMicroseconds, told.UsageMicroseconds, scaler.Cgroups.UsageMicroseconds("c1"));
        // The limit was in force while nobody watched, so that time is allocated, too.
        Assert.InRange(
            reading.AllocatedMicroseconds - told.AllocatedMicroseconds, (reading.At - told.At).TotalMicroseconds * 0.25, (reading.At - told.At).TotalMicroseconds * 4);
    }

    /// <summary>
    /// Busy, restricted, frozen and idle containers: the kernel's own limits, looked at all the time from the kill until the next run has been at
    /// work for a while, are those of before.
    /// </summary>
    [Fact]
    public async Task Sigkill_AndRestart_KernelsLimitsNeverJump()
    {
        await using var scaler = new ScalerProcess();
        await scaler.StartAsync();
        var registration = ScalerNode.Registration(limitShares: 130, policy: "tracking") with { Limits = new ContainerLimits(0, 130, 25, 130) };
        // Together no more than two cores: where they contend, limits that nobody touches move as well.
        var small = registration with { Limits = new ContainerLimits(0, 20, 5, 20) };
        foreach (var id in (string[])["busy", "restricted", "frozen", "guarded"])
        {
            await scaler.Api.RegisterAsync(id, id is "frozen" or "guarded" ? small : registration);
        }

        using var busy = new JoinedProcess((await scaler.Api.FindContainerAsync("busy"))!.Slots[0].JoinFiles, JoinedProcess.Busy);
        using var held = new JoinedProcess((await scaler.Api.FindContainerAsync("restricted"))!.Slots[0].JoinFiles, JoinedProcess.Busy);
        await scaler.Api.RestrictAsync("restricted", 20);
        await scaler.Api.SetPolicyAsync("frozen", "rules");
        await scaler.Api.FreezeAsync("frozen");
        await scaler.Api.SetGuardAsync("guarded", false);
        await Eventually.HoldsAsync(async () => await scaler.Api.FindContainerAsync("busy") is { UsageMicroseconds: > 500_000 });
        await scaler.Api.SetGuardAsync("busy", false);
        await scaler.Api.SetGuardAsync("busy", true);
        var told = (await scaler.Api.GetUsageAsync()).ToDictionary(r => r.ContainerId);

        await scaler.KillAsync();
        var before = Limits(scaler);
        using var stop = new CancellationTokenSource();
        var seen = Task.Run(() => Sample(scaler, stop.Token));
        await scaler.StartAsync();
        var after = await Eventually.FindAsync(async () =>
            (await scaler.Api.GetSeriesAsync("restricted")).Count >= 5 ? (await scaler.Api.GetUsageAsync()).ToDictionary(r => r.ContainerId) : null);
        await stop.CancelAsync();

        var (limits, samples) = await seen;
        Assert.True(samples > 20);
        Assert.Equal([before["restricted"]], limits["restricted"]);
        Assert.Equal([before["frozen"]], limits["frozen"]);
        Assert.Equal([before["guarded"]], limits["guarded"]);
        // A policy goes on scaling: from where the limit was, by its own steps and for its own reasons.
        var decisions = (await scaler.Api.GetDecisionsAsync("busy")).Where(d => d.Kind != DecisionKind.Memory).ToList();
        Assert.Equal((DecisionKind.Start, before["busy"], before["busy"]), (decisions[0].Kind, decisions[0].LimitShares, FirstStepFrom(decisions)));
        Assert.Empty(limits["busy"].Except(decisions.Select(d => d.LimitShares)));
        Assert.All(decisions.Skip(1), d => Assert.Contains(d.Reason, new[] { "demand fell", "demand rose", "held back", "held back in bursts" }));
        Assert.All(told, t => Assert.True(after[t.Key].UsageMicroseconds >= t.Value.UsageMicroseconds && after[t.Key].AllocatedMicroseconds >= t.Value.AllocatedMicroseconds));
        Assert.All(told, t => Assert.Equal((t.Value.RestrictionShares, t.Value.Frozen), (after[t.Key].RestrictionShares, after[t.Key].Frozen)));
        Assert.Equal(("rules", "tracking"), ((await scaler.Api.FindContainerAsync("frozen"))!.Policy, (await scaler.Api.FindContainerAsync("busy"))!.Policy));
    }

    private static int FirstStepFrom(List<ScalingDecision> decisions) => decisions.Count > 1 ? decisions[1].BeforeShares : decisions[0].LimitShares;

    private static Dictionary<string, int> Limits(ScalerProcess scaler) =>
        ((string[])["busy", "restricted", "frozen", "guarded"]).ToDictionary(id => id, id => scaler.Cgroups.LimitShares(id)!.Value);

    /// <summary>Every limit that was seen, and how often was looked.</summary>
    private static (Dictionary<string, SortedSet<int>> Limits, int Samples) Sample(ScalerProcess scaler, CancellationToken stop)
    {
        var seen = new Dictionary<string, SortedSet<int>>();
        var samples = 0;
        for (; !stop.IsCancellationRequested; samples++)
        {
            foreach (var (id, limit) in Limits(scaler))
            {
                seen.TryAdd(id, []);
                seen[id].Add(limit);
            }

            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5));
        }

        return (seen, samples);
    }

    [Fact]
    public async Task Sigkill_WhileClosing_NextRunEndsTheClosing()
    {
        await using var scaler = new ScalerProcess();
        await scaler.StartAsync();
        var container = await scaler.Api.RegisterAsync("c1", ScalerNode.Registration());
        using var busy = new JoinedProcess(container.Slots[0].JoinFiles, JoinedProcess.Busy);
        await Eventually.HoldsAsync(async () => await scaler.Api.FindContainerAsync("c1") is { UsageMicroseconds: > 50_000 });

        var closing = scaler.Api.CloseAsync("c1");
        await Eventually.HoldsAsync(() => scaler.ReadState("c1").Contains("closing", StringComparison.Ordinal) || closing.IsCompleted);
        await scaler.KillAsync();
        await Record.ExceptionAsync(() => closing);
        await scaler.StartAsync();

        var closed = await Eventually.FindAsync(async () => await scaler.Api.FindContainerAsync("c1") is { Closed: true } c ? c : null);
        Assert.Equal(scaler.Cgroups.UsageMicroseconds("c1"), closed.UsageMicroseconds);
        Assert.Equal(closed.UsageMicroseconds, Assert.Single(await scaler.Api.GetUsageAsync(), r => r.Final).UsageMicroseconds);
    }
}
