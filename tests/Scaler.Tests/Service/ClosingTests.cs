using System.Diagnostics;
using System.Globalization;
using System.Net;
using Scaler.Cgroups;
using Scaler.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace Scaler.Tests.Service;

public sealed class ClosingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Close_Running_FinalReadingIsTheKernelsCounter(bool frozen)
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1", slots: 2);
        node.RunInSlot(container, JoinedProcess.Busy, slot: 1);
        node.RunInInstance(container, JoinedProcess.Busy);
        await node.WaitForAsync("c1", c => c.UsageMicroseconds > 100_000, "the processes run");
        if (frozen)
        {
            await node.Api.FreezeAsync("c1");
        }

        var closed = await node.Api.CloseAsync("c1");

        Assert.True(closed.Closed);
        Assert.Equal(node.Cgroups.UsageMicroseconds("c1"), closed.UsageMicroseconds);
        Assert.Empty(node.Cgroups.Driver.ReadProcesses($"{node.Cgroups.Parent}/c1"));
        var reading = Assert.Single(await node.Api.GetUsageAsync());
        Assert.Equal((true, closed.UsageMicroseconds), (reading.Final, reading.UsageMicroseconds));
        Assert.InRange(reading.AllocatedMicroseconds, 1, long.MaxValue);
        Assert.Equal(closed.UsageMicroseconds, (await node.Api.CloseAsync("c1")).UsageMicroseconds);
    }

    [Fact]
    public async Task Close_SomebodyStillDying_FinalReadingIsTakenWhenHeIsDead()
    {
        await using var node = await ScalerNode.StartAsync();
        var container = await node.RegisterAsync("c1");
        var path = $"{node.Cgroups.Parent}/c1";
        node.RunInInstance(container, ["unshare", "--pid", "--fork", "sleep", "1000"]);
        var init = await Eventually.FindAsync(() => Task.FromResult(
            node.Cgroups.Driver.ReadProcesses(path).Where(ProcessNamespaces.IsInside).Select(p => p.ToString(CultureInfo.InvariantCulture)).FirstOrDefault()));
        // In the namespace and in the cgroup, but its parent is outside of both, and stopped: it will be dead for long before anybody notices.
        string[] inside = ["--target", init, "--pid", "sh", "-c", "for file; do echo 0 >\"$file\"; done; exec sleep 1000", "sh", .. container.Slots[0].JoinFiles];
        using var parent = Process.Start("nsenter", inside);
        try
        {
            await Eventually.HoldsAsync(() => node.Cgroups.Driver.ReadProcesses(path).Count == 3);
            await Shell.RunAsync("kill -STOP \"$1\"", parent.Id.ToString(CultureInfo.InvariantCulture));

            var close = node.Api.CloseAsync("c1");
            await Eventually.HoldsAsync(() => node.Cgroups.Driver.ReadProcesses(path).Count == 0);
            var early = await Task.WhenAny(close, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System)) == close;
            await Shell.RunAsync("kill -CONT \"$1\"", parent.Id.ToString(CultureInfo.InvariantCulture));

            Assert.False(early, "the final reading was taken while the namespace's first process was still dying");
            Assert.Equal((await close).UsageMicroseconds, node.Cgroups.UsageMicroseconds("c1"));
        }
        finally
        {
            parent.Kill();
            await parent.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Close_TwiceAtOnce_BothGetTheSameFinalReading()
    {
        await using var node = await ScalerNode.StartAsync();
        node.RunInSlot(await node.RegisterAsync("c1"), JoinedProcess.Busy);
        await node.WaitForAsync("c1", c => c.UsageMicroseconds > 50_000, "the process runs");

        var both = await Task.WhenAll(node.Api.CloseAsync("c1"), node.Api.CloseAsync("c1"));

        Assert.Equal(both[0].UsageMicroseconds, both[1].UsageMicroseconds);
    }

    [Fact]
    public async Task Acknowledge_FinalFigure_ForgetsTheContainerAndKeepsItsCgroupForComparison()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");
        var final = (await node.Api.CloseAsync("c1")).UsageMicroseconds;

        await node.Api.AcknowledgeAsync(new UsageAcknowledgement("c1", final));

        Assert.Empty(await node.Api.GetUsageAsync());
        Assert.Empty(await node.Api.ListContainersAsync());
        Assert.Null(await node.Api.FindContainerAsync("c1"));
        Assert.Equal(final, node.Cgroups.UsageMicroseconds("c1"));
        Assert.True(await node.Api.CloseAsync("c1") is { Closed: true } again && again.UsageMicroseconds == final);
        await node.Api.AcknowledgeAsync(new UsageAcknowledgement("c1", final));
        Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<ApiException>(() => node.RegisterAsync("c1"))).Status);
    }

    [Fact]
    public async Task Acknowledge_RetentionOver_RemovesCgroupAndState()
    {
        await using var node = await ScalerNode.StartAsync(("scaler:closed_cgroup_retention", "0s"));
        await node.RegisterAsync("c1");
        var final = (await node.Api.CloseAsync("c1")).UsageMicroseconds;

        await node.Api.AcknowledgeAsync(new UsageAcknowledgement("c1", final));

        await Eventually.HoldsAsync(() => !node.Cgroups.Driver.ListChildren(node.Cgroups.Parent).Contains("c1"));
        await Eventually.HoldsAsync(() => !File.Exists(Path.Combine(node.StateDirectory, "c1.json")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Acknowledge_NotTheFinalFigure_IsRefusedAndKept(bool closed)
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");
        var figure = closed ? (await node.Api.CloseAsync("c1")).UsageMicroseconds + 1 : 0;

        var refusal = await Assert.ThrowsAsync<ApiException>(() => node.Api.AcknowledgeAsync(new UsageAcknowledgement("c1", figure)));

        Assert.Equal(HttpStatusCode.Conflict, refusal.Status);
        Assert.Single(await node.Api.GetUsageAsync());
    }

    [Fact]
    public async Task Acknowledge_UnknownContainer_IsNoError()
    {
        await using var node = await ScalerNode.StartAsync();

        await node.Api.AcknowledgeAsync(new UsageAcknowledgement("never-heard-of", 5));
    }

    [Fact]
    public async Task Usage_StateCannotBeWritten_TellsOnlyWhatIsOnTheDisk()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.StopServiceAsync();
        // Directories in the place of the journal and of the temporary file stand for a full disk.
        var journal = Directory.CreateDirectory(Path.Combine(node.StateDirectory, "journal"));
        await node.StartServiceAsync();
        node.RunInSlot(await node.RegisterAsync("c1"), JoinedProcess.Busy);
        var obstacle = Directory.CreateDirectory(Path.Combine(node.StateDirectory, "c1.json.tmp"));
        var before = Assert.Single(await node.Api.GetUsageAsync());
        await node.WaitForAsync("c1", c => c.UsageMicroseconds > before.UsageMicroseconds + 100_000, "the process runs on");

        Assert.Equal(before, Assert.Single(await node.Api.GetUsageAsync()) with { SlotMicroseconds = before.SlotMicroseconds });
        var refusal = await Assert.ThrowsAsync<ApiException>(() => node.Api.CloseAsync("c1"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refusal.Status);

        obstacle.Delete();
        journal.Delete();
        Assert.Equal((await node.Api.CloseAsync("c1")).UsageMicroseconds, Assert.Single(await node.Api.GetUsageAsync()).UsageMicroseconds);
    }
}
