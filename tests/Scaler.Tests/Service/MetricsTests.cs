using Scaler.Metrics;
using Testing;

namespace Scaler.Tests.Service;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_ContainerAtWork_AreTheContainers()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", limitShares: 5, policy: "tracking");
        await node.RegisterAsync("c2", limitShares: 20);
        node.RunInSlot(container, JoinedProcess.Busy);
        var state = await node.WaitForAsync("c1", c => c is { ThrottledMicroseconds: > 0, UsageMicroseconds: > 100_000 }, "it works and is held back");

        // The kernel counts the time before it counts the period.
        var metrics = await Eventually.FindAsync(
            async () => await node.MetricsAsync() is var all && PromTool.Value(all, "scp_container_cpu_throttled_periods_total{container=\"c1\"}") > 0 ? all : null);

        await PromTool.CheckAsync(metrics);
        Assert.Empty(PromTool.Undocumented(metrics));
        double Of(string name, string container) => PromTool.Value(metrics, $"scp_container_{name}{{container=\"{container}\"}}")!.Value;
        Assert.InRange((long)Math.Round(Of("cpu_time_seconds_total", "c1") * 1e6), state.UsageMicroseconds, node.Cgroups.UsageMicroseconds("c1"));
        Assert.Equal(0, Of("cpu_time_seconds_total", "c2"), 0.01);
        Assert.True(Of("cpu_throttled_time_seconds_total", "c1") > 0);
        Assert.Equal(0.2, Of("cpu_limit_cores", "c2"));
        Assert.Equal(64 << 20, Of("memory_limit_bytes", "c2"));
        Assert.Equal(0, Of("memory_oom_kills_total", "c1"));
        Assert.Equal(1, PromTool.Value(metrics, "scp_container_info{container=\"c2\",function=\"stress\",policy=\"fixed\"}"));
        Assert.Equal(4, PromTool.Value(metrics, "scp_node_cpu_capacity_cores"));
        Assert.Equal(2, PromTool.Value(metrics, "scp_containers{phase=\"open\"}"));
        Assert.Equal(0, PromTool.Value(metrics, "scp_containers_troubled"));
        Assert.True(PromTool.Value(metrics, "scp_scaler_cycle_duration_seconds_count") > 0);
        Assert.Contains("scp_scaler_decisions_total{reason=", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_ContainerIsClosed_CountersStayUntilBilledAndThenGo()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");
        await node.Api.CloseAsync("c1");

        var closed = await node.MetricsAsync();
        var final = Assert.Single(await node.Api.GetUsageAsync());
        await node.Api.AcknowledgeAsync(new Contracts.UsageAcknowledgement("c1", final.UsageMicroseconds));
        var billed = await node.MetricsAsync();

        Assert.Contains("scp_container_cpu_time_seconds_total{container=\"c1\"}", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("scp_container_cpu_limit_cores{container=\"c1\"}", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("container=\"c1\"", billed, StringComparison.Ordinal);
        Assert.Equal(1, PromTool.Value(billed, "scp_containers{phase=\"acknowledged\"}"));
    }

    [Theory]
    [InlineData("throttled", "throttled")]
    [InlineData("held back 12 ms: more", "held back")]
    [InlineData("", "other")]
    [InlineData("a reason that goes on and on and on and on and on", "other")]
    public void Reason_IsCutToItsKind(string reason, string kind) => Assert.Equal(kind, ReasonKind.Of(reason));
}
