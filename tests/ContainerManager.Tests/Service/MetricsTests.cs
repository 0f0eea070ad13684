using Testing;

namespace ContainerManager.Tests.Service;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_TasksDoneAndFailed_AreCountedWithTheirAttempts()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "max_attempts: 2\n");
        harness.Engine.Script = (files, _) => Task.FromResult(files.TaskFileName == "bad" ? 3 : 0);
        harness.Drop("input/good");
        await harness.EndedAsync("good");
        harness.Drop("input/bad");
        await harness.EndedAsync("bad");

        var metrics = await harness.MetricsAsync();

        await PromTool.CheckAsync(metrics);
        Assert.Empty(PromTool.Undocumented(metrics));
        double? Of(string series) => PromTool.Value(metrics, series);
        Assert.Equal(1, Of("scp_tasks_total{function=\"work\",outcome=\"succeeded\"}"));
        Assert.Equal(1, Of("scp_tasks_total{function=\"work\",outcome=\"failed\"}"));
        Assert.Equal(1, Of("scp_attempt_duration_seconds_count{ending=\"succeeded\"}"));
        Assert.Equal(2, Of("scp_attempt_duration_seconds_count{ending=\"script_failed\"}"));
        Assert.Equal(0, Of("scp_tasks_waiting{function=\"work\"}"));
        Assert.Equal(0, Of("scp_tasks_running{function=\"work\"}"));
        Assert.Equal(1, Of("scp_container_start_duration_seconds_count{result=\"ok\"}"));
        Assert.True(Of("scp_store_call_duration_seconds_count{operation=\"move\",result=\"ok\"}") > 0);
        Assert.True(Of("scp_store_call_duration_seconds_count{operation=\"list\",result=\"ok\"}") > 0);
        Assert.Equal(0, Of("scp_functions_troubled"));
    }
}
