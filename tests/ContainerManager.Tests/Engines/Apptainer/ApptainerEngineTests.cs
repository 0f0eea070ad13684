namespace ContainerManager.Tests.Engines.Apptainer;

public sealed class ApptainerContractTests() : EngineContractTests(new ApptainerHarness());

public sealed class ApptainerRunnerTests() : RunnerTests(new ApptainerHarness());

public sealed class ApptainerContainmentTests() : ContainmentTests(new ApptainerHarness());

public sealed class ApptainerJoinFilesTests() : JoinFilesTests(new ApptainerHarness())
{
    [Fact]
    public async Task StartAsync_JoinFilesGiven_WhoeverServesTheImageIsInThem()
    {
        await using var harness = new ApptainerHarness();
        await using var cgroup = new TestCgroup();
        var spec = await harness.SpecAsync(joinFiles: cgroup.JoinFiles);
        await harness.Engine.StartAsync(spec, CancellationToken.None);

        Assert.Contains(cgroup.Processes, pid => ProcessTable.Read(pid, "comm").StartsWith("squashfuse", StringComparison.Ordinal));

        await harness.Engine.StopAsync(spec.ContainerId, CancellationToken.None);
    }
}
