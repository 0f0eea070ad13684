using Scaler.Cgroups;
using Testing;

namespace Scaler.Tests.Service;

/// <summary>A cgroup parent of a test's own on the real kernel, emptied and removed at the end whatever is left in it.</summary>
internal sealed class TestCgroups : IAsyncDisposable
{
    /// <summary>Relative to every controller's root.</summary>
    public string Parent { get; } = "scp-test-" + Guid.NewGuid().ToString("N")[..12];

    public ICgroupDriver Driver { get; } = CgroupDetection.Detect(new CgroupFiles(), "/sys/fs/cgroup");

    /// <summary>CPU time of a container, read without the service.</summary>
    public long UsageMicroseconds(string containerId) => Driver.ReadCpu($"{Parent}/{containerId}").UsageMicroseconds;

    /// <summary>CPU limit of a container, read without the service.</summary>
    public int? LimitShares(string containerId) => Driver.ReadLimitShares($"{Parent}/{containerId}");

    /// <summary>A kernel file of a container, in whichever hierarchy it is.</summary>
    public string FindFile(string containerId, string file) =>
        Driver.JoinFiles($"{Parent}/{containerId}").Select(join => Path.Combine(Path.GetDirectoryName(join)!, file)).First(File.Exists);

    public async ValueTask DisposeAsync()
    {
        foreach (var container in Driver.ListChildren(Parent))
        {
            await new CgroupKiller(Driver, TimeProvider.System).KillAsync($"{Parent}/{container}", $"{Parent}/{container}", reusable: false, default);
        }

        await Eventually.HoldsAsync(TryRemove, what: "the test's cgroups are removed");
    }

    private bool TryRemove()
    {
        try
        {
            Driver.Remove(Parent);
            return true;
        }
        catch (IOException)
        {
            return false; // EBUSY: the killed processes are not gone yet.
        }
    }
}
