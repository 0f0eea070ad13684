using CreditManager.Core.Ledger;
using Experiments.Core.Courses;
using Experiments.Core.Outputs;
using Experiments.Core.Reading;
using Experiments.Core.Simulation;
using static Experiments.Core.Tests.TestScenarios;

namespace Experiments.Core.Tests;

public sealed class PlatformSimulationTests
{
    [Fact]
    public void Run_SmallScenario_StartsContainerRunsTaskAndStops()
    {
        var course = Run(Small);
        Assert.InRange(At(course, EventKinds.ContainerStarted, "stress").TotalSeconds, 0.4, 1.5);
        Assert.InRange(At(course, EventKinds.Finished, "1.1-10.txt").TotalSeconds, 10.4, 11.6);
        Assert.InRange(At(course, EventKinds.ContainerStopped, "stress").TotalSeconds, 30.4, 31.6);
        Assert.InRange(course.End.TotalSeconds, 31, 34);
        Assert.False(course.Interrupted);
    }

    [Fact]
    public void Run_AnyScenario_ChargesWhatWasUsed()
    {
        var scenario = Read(Small);
        var summary = Summary.Of(scenario, new PlatformSimulation(scenario).Run());
        Assert.InRange(summary.UsedMicroseconds, 10_000_000, 10_400_000);
        Assert.Equal(summary.UsedMicroseconds, summary.BilledMicroseconds);
        Assert.Null(summary.LedgerFault);
    }

    [Fact]
    public void Run_Allocated_ChargesTheLimit()
    {
        var scenario = Read(Small, "fixed", new Setting("users.alice.billing", "allocated"));
        var summary = Summary.Of(scenario, new PlatformSimulation(scenario).Run());
        Assert.Equal(summary.AllocatedMicroseconds, summary.BilledMicroseconds);
        Assert.True(summary.AllocatedMicroseconds > 4 * 30_000_000L);
    }

    [Fact]
    public void Run_NoBilling_BooksNothingAndNobodyWaits()
    {
        var course = Run(Small, "tracking", new Setting("billing", "false"), new Setting("funds.0.at", "5m"));
        Assert.Empty(course.Ledger);
        Assert.Empty(course.Accounts);
        Assert.InRange(At(course, EventKinds.Finished, "1.1-10.txt").TotalSeconds, 10, 12);
    }

    [Fact]
    public void Run_NoFunds_NothingStarts()
    {
        var course = Run(Small, "tracking", new Setting("funds.0.at", "5m"));
        Assert.InRange(At(course, EventKinds.Started, "1.1-10.txt").TotalSeconds, 300, 304);
    }

    [Fact]
    public void Run_Conservative_StartsNothingAtTheMinimum()
    {
        Setting[] settings = [new("users.alice.policy", "conservative"), new("users.alice.min_balance", "5")];
        Assert.DoesNotContain(Run(Small, "tracking", settings).Events, e => e.Kind == EventKinds.Started);
    }

    [Fact]
    public void Run_SlotsAndOrder_TakesTasksByName()
    {
        var text = Small.Replace("[1.1-10.txt]", "[3.1-10.txt, 1.1-10.txt, 2.1-10.txt]", StringComparison.Ordinal).Replace("idle_timeout: 20s", "slots: 2, idle_timeout: 20s", StringComparison.Ordinal);
        var course = Run(text);
        Assert.Equal(["1.1-10.txt", "2.1-10.txt", "3.1-10.txt"], course.Events.Where(e => e.Kind == EventKinds.Started).Select(e => e.Subject));
        Assert.True(At(course, EventKinds.Started, "2.1-10.txt") - At(course, EventKinds.Started, "1.1-10.txt") < TimeSpan.FromSeconds(1));
        Assert.All(course.Attempts, a => Assert.InRange(a.UsedMicroseconds, 9_500_000, 10_100_000));
    }

    [Fact]
    public void Run_WorkLoad_TakesLongerUnderALimit()
    {
        var text = Small.Replace("max_shares: 400", "max_shares: 50, load: work", StringComparison.Ordinal);
        var course = Run(text);
        var attempt = Assert.Single(course.Attempts);
        Assert.InRange((attempt.EndedAt - attempt.StartedAt).TotalSeconds, 19.5, 21);
        Assert.InRange(attempt.UsedMicroseconds, 9_990_000, 10_010_000);
    }

    [Fact]
    public void Run_FrozenWork_KeepsItsProgress()
    {
        // 0.01 GRC are 6 s of a core; the debt limit comes after 6 more, at half a core.
        var text = Small.Replace("max_shares: 400", "max_shares: 100, load: work", StringComparison.Ordinal)
            .Replace("max_debt: -0.5", "max_debt: -0.005", StringComparison.Ordinal)
            .Replace("grc: 5, at: 0s }", "grc: 0.01, at: 0s }\n  - { user: alice, grc: 5, at: 40s }", StringComparison.Ordinal);
        var course = Run(text);
        var (frozen, thawed) = (At(course, EventKinds.Frozen, "stress"), At(course, EventKinds.Thawed, "stress"));
        Assert.InRange(frozen.TotalSeconds, 10, 15);
        Assert.InRange(thawed.TotalSeconds, 40, 43);
        Assert.Equal("succeeded", Assert.Single(course.Attempts).Ending);
        Assert.InRange(course.Attempts[0].UsedMicroseconds, 9_990_000, 10_010_000);
        Assert.All(course.Between("stress", frozen + TimeSpan.FromSeconds(2), thawed - TimeSpan.FromSeconds(1)), r => Assert.Equal(0, r.UsedShares));
    }

    [Fact]
    public void Run_GraceOver_ReturnsTheTaskWithoutCountingAnAttempt()
    {
        var text = Small.Replace("max_shares: 400", "max_shares: 100, load: work, max_attempts: 1", StringComparison.Ordinal)
            .Replace("max_debt: -0.5", "max_debt: -0.005", StringComparison.Ordinal)
            .Replace("grc: 5, at: 0s }", "grc: 0.01, at: 0s }\n  - { user: alice, grc: 5, at: 200s }", StringComparison.Ordinal);
        var course = Run(text);
        Assert.Equal(["aborted_for_debt", "succeeded"], course.Attempts.Select(a => a.Ending));
        Assert.Contains(course.Events, e => e.Kind == EventKinds.Returned);
        Assert.Equal(2, course.Usage["stress"].Containers);
    }

    [Fact]
    public void Run_ChainDelay_IsTheSameForTheSeed()
    {
        var text = Small.Replace("at: 0s }\ntasks", "at: 0s, chain_delay: measured }\ntasks", StringComparison.Ordinal);
        TimeSpan Arrival(string seed) => At(Run(text, "tracking", new Setting("seed", seed)), EventKinds.Funds, "alice");
        Assert.Equal(Arrival("7"), Arrival("7"));
        Assert.NotEqual(Arrival("7"), Arrival("8"));
    }

    [Fact]
    public void Run_Classic_KeepsItsContainerToTheEnd()
    {
        var course = Run(Small, "tracking", new Setting("serverless", "false"));
        Assert.DoesNotContain(course.Events, e => e.Kind == EventKinds.ContainerStopped);
        Assert.All(course.Functions.Select(f => f.Container?.LimitShares).OfType<int>(), limit => Assert.Equal(400, limit));
        Assert.InRange(course.End.TotalSeconds, 10, 13);
    }

    [Fact]
    public void Run_Cancelled_GivesWhatWasSeen()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var course = new PlatformSimulation(Read(Small)).Run(cancelled.Token);
        Assert.True(course.Interrupted);
        Assert.Equal(TimeSpan.Zero, course.End);
    }

    [Fact]
    public void Run_AnyScenario_MovesWholeBlocksToTheProvider()
    {
        var text = Small.Replace("1.1-10.txt", "1.3-100.txt", StringComparison.Ordinal);
        var moved = Run(text).Ledger.Where(e => e.Draft.Kind == LedgerKinds.Settlement).ToList();
        Assert.NotEmpty(moved);
        Assert.All(moved, e => Assert.Equal(0, e.Draft.Amount.Halfords % 5_000_000));
        Assert.All(moved, e => Assert.Equal("wallet:provider", e.Draft.Credit));
    }
}
