using System.Net;
using Scaler.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace Scaler.Tests.Service;

public sealed class HistoryTests
{
    [Fact]
    public async Task SetPolicy_WhileRunning_SwitchesAndSurvivesARestart()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", limitShares: 5, policy: "rules");
        node.RunInSlot(container, JoinedProcess.Busy);
        await node.WaitForAsync("c1", c => c.ThrottledMicroseconds > 300_000, "the limit bites");
        Assert.Equal(5, node.Cgroups.LimitShares("c1"));

        Assert.Equal("tracking", (await node.Api.SetPolicyAsync("c1", "tracking")).Policy);
        await node.WaitForAsync("c1", c => c.Limits.LimitShares >= 45, "the limit follows the demand");
        await node.StopServiceAsync();
        await node.StartServiceAsync();
        Assert.Equal("tracking", (await node.GetAsync("c1")).Policy);
        Assert.Equal("tracking", (await node.RegisterAsync("c1", limitShares: 5, policy: "rules")).Policy);

        Assert.Equal(("fixed", 400), await node.Api.SetPolicyAsync("c1", "fixed") is var state ? (state.Policy, state.Limits.LimitShares) : default);
        Assert.Equal(400, node.Cgroups.LimitShares("c1"));
    }

    [Theory]
    [InlineData("guess")]
    [InlineData("")]
    [InlineData("Tracking")]
    public async Task SetPolicy_Unknown_IsRefusedNamingThoseAllowed(string policy)
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");

        var refusal = await Assert.ThrowsAsync<ApiException>(() => node.Api.SetPolicyAsync("c1", policy));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.Status);
        Assert.Contains("tracking, rules, fixed", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("fixed", (await node.GetAsync("c1")).Policy);
    }

    [Fact]
    public async Task Decisions_EachWithItsReason_InOrder()
    {
        await using var node = await ScalerNode.StartAsync(("scaler:cores", "2"));
        await node.RegisterAsync("c1", limitShares: 150);
        await node.Api.RestrictAsync("c1", 50);
        await node.Api.RestrictAsync("c1", 50);
        await node.Api.FreezeAsync("c1");
        await node.Api.ThawAsync("c1");
        await node.Api.LiftRestrictionAsync("c1");
        await node.RegisterAsync("c2", limitShares: 150);
        await node.Api.SetGuardAsync("c2", false);
        await node.Api.SetPolicyAsync("c2", "rules");
        await node.Api.CloseAsync("c2");
        await node.WaitForAsync("c1", c => c.Limits.LimitShares == 150, "what c2 had is free again");

        var decisions = await node.Api.GetDecisionsAsync("c1");

        Assert.Equal(
            [
                (DecisionKind.Start, "registered", 150),
                (DecisionKind.Restriction, "restricted", 50),
                (DecisionKind.Freeze, "frozen", 50),
                (DecisionKind.Freeze, "thawed", 50),
                (DecisionKind.Restriction, "restriction lifted", 150),
                (DecisionKind.Contention, "the node has less CPU than its containers want", 100),
                (DecisionKind.Contention, "the node has enough CPU again", 150),
            ],
            decisions.Where(d => d.Kind != DecisionKind.Memory).Select(d => (d.Kind, d.Reason, d.LimitShares)));
        Assert.Equal(decisions.Where(d => d.At > decisions[2].At), await node.Api.GetDecisionsAsync("c1", decisions[2].At));
        Assert.Equal(
            ["registered", "guard off: limits stay", "policy rules"],
            (await node.Api.GetDecisionsAsync("c2")).Where(d => d.Kind != DecisionKind.Memory).Select(d => d.Reason));
    }

    [Fact]
    public async Task Decisions_PolicyRaises_SaysSoWithTheLimitBefore()
    {
        await using var node = await ScalerNode.StartAsync();
        node.RunInSlot(await node.RegisterAsync("c1", limitShares: 5, policy: "tracking"), JoinedProcess.Busy);
        await node.WaitForAsync("c1", c => c.Limits.LimitShares >= 45, "the limit follows the demand");

        var first = (await node.Api.GetDecisionsAsync("c1")).First(d => d.Kind == DecisionKind.Policy);

        Assert.Equal(5, first.BeforeShares);
        Assert.True(first.LimitShares > 5);
        Assert.NotEmpty(first.Reason);
    }

    [Fact]
    public async Task Series_BusyContainer_TellsWhatTheKernelCounted()
    {
        await using var node = await ScalerNode.StartAsync();
        node.RunInSlot(await node.RegisterAsync("c1", limitShares: 20), JoinedProcess.Busy);
        await node.WaitForAsync("c1", c => c.UsageMicroseconds > 300_000, "the process runs");

        var points = await node.Api.GetSeriesAsync("c1");
        var used = points.Sum(p => p.UsedShares * p.IntervalSeconds * 10_000);

        Assert.True(points.Count >= 2);
        Assert.InRange(used, 1, node.Cgroups.UsageMicroseconds("c1") + 5_000.0);
        Assert.All(points, p => Assert.Equal((20, 64L << 20), (p.LimitShares, p.MemoryLimitBytes)));
        Assert.Contains(points, p => p.ThrottledSeconds > 0);
        Assert.Contains(points, p => p.MemoryBytes > 0);
        Assert.InRange(points[^1].At, DateTimeOffset.UnixEpoch.AddYears(50), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Series_AsCsv_BySuffixOrByAccept()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");
        await Eventually.HoldsAsync(async () => (await node.Api.GetSeriesAsync("c1")).Count > 0);

        var bySuffix = await node.GetTextAsync("containers/c1/series.csv", "*/*");
        var byAccept = await node.GetTextAsync("containers/c1/series", "text/csv");
        var json = await node.GetTextAsync("containers/c1/series", "application/json");

        Assert.All([bySuffix, byAccept], answer =>
        {
            Assert.Equal("text/csv", answer.Type);
            Assert.StartsWith("at,interval_seconds,used_shares,limit_shares,throttled_seconds,memory_bytes,memory_limit_bytes\r\n", answer.Body, StringComparison.Ordinal);
        });
        Assert.Equal(7, bySuffix.Body.Split("\r\n")[1].Split(',').Length);
        Assert.Equal("application/json", json.Type);
    }

    [Fact]
    public async Task History_BadRequests_AreRefused()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");

        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(() => node.Api.GetDecisionsAsync("none"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(() => node.Api.GetSeriesAsync("none"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(() => node.Api.SetPolicyAsync("none", "rules"))).Status);
        var (status, body) = await node.SendAsync(HttpMethod.Get, "containers/c1/decisions?since=yesterday", "");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("since", body, StringComparison.Ordinal);
    }
}
