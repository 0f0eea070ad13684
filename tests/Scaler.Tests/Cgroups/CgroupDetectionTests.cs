using Scaler.Cgroups;

namespace Scaler.Tests.Cgroups;

public sealed class CgroupDetectionTests
{
    private const string Root = "/cg";

    private readonly RecordedCgroupFiles _files = new(new Dictionary<string, string>());

    [Fact]
    public void Detect_ControllersFile_IsVersion2()
    {
        _files.With("/cg/cgroup.controllers", "cpuset cpu io memory hugetlb pids rdma misc\n");

        Assert.Equal(2, CgroupDetection.Detect(_files, Root).Version);
    }

    [Fact]
    public void Detect_Version2WithoutAController_SaysWhichInOneSentence()
    {
        _files.With("/cg/cgroup.controllers", "cpuset cpu io\n");

        var error = Assert.Throws<CgroupsUnavailableException>(() => CgroupDetection.Detect(_files, Root));

        Assert.Contains("memory, pids", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Detect_AllOfVersion1_IsVersion1()
    {
        Mount("cpu", "cpuacct", "memory", "pids", "freezer", "blkio");

        Assert.Equal(1, CgroupDetection.Detect(_files, Root).Version);
    }

    [Fact]
    public void Detect_ControllersMountedTogether_AreOneHierarchy()
    {
        Mount("cpu,cpuacct", "cpu", "cpuacct", "memory", "pids", "freezer");

        Assert.Equal(
            ["/cg/cpu,cpuacct/x/cgroup.procs", "/cg/memory/x/cgroup.procs", "/cg/pids/x/cgroup.procs", "/cg/freezer/x/cgroup.procs"],
            CgroupDetection.Detect(_files, Root).JoinFiles("x"));
    }

    [Fact]
    public void Detect_HybridWithControllersInVersion1_IsVersion1()
    {
        Mount("cpu", "cpuacct", "memory", "pids", "freezer", "unified");
        _files.With("/cg/unified/cgroup.controllers", "\n");

        Assert.Equal(1, CgroupDetection.Detect(_files, Root).Version);
    }

    [Fact]
    public void Detect_HybridWithControllersInVersion2_IsVersion2()
    {
        Mount("freezer", "unified");
        _files.With("/cg/unified/cgroup.controllers", "cpu memory pids\n");

        Assert.Equal(2, CgroupDetection.Detect(_files, Root).Version);
    }

    [Fact]
    public void Detect_PartOfVersion1_NamesWhatIsMissing()
    {
        Mount("cpu", "cpuacct", "memory");

        var error = Assert.Throws<CgroupsUnavailableException>(() => CgroupDetection.Detect(_files, Root));

        Assert.Contains("pids, freezer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_NothingThere_SaysSo() =>
        Assert.Contains("does not exist", Assert.Throws<CgroupsUnavailableException>(() => CgroupDetection.Detect(_files, "/nowhere")).Message, StringComparison.Ordinal);

    private void Mount(params string[] hierarchies)
    {
        _files.CreateDirectory(Root);
        foreach (var hierarchy in hierarchies)
        {
            _files.With($"{Root}/{hierarchy}/cgroup.procs", "1\n");
        }
    }
}
