using Scaler.Cgroups;

namespace Scaler.Tests.Cgroups;

public sealed class CgroupV1DriverTests
{
    private static readonly CgroupSettings Settings = new(150, 64L << 20, 99, Frozen: false);

    private readonly RecordedCgroupFiles _files = new(Fixtures.V1);
    private readonly CgroupV1Driver _driver;

    public CgroupV1DriverTests()
    {
        _driver = new CgroupV1Driver(_files, CgroupV1Driver.Controllers.ToDictionary(c => c, c => $"/cg/{c}"));
        _driver.Create("scp/c1", ["instance", "slot0"]);
    }

    [Fact]
    public void Create_Always_MakesTheTreeInEveryHierarchyAndCountsMemoryOfChildren()
    {
        Assert.All(CgroupV1Driver.Controllers, c => Assert.True(_files.DirectoryExists($"/cg/{c}/scp/c1/slot0")));
        Assert.Equal("1\n", _files.Read("/cg/memory/scp/c1/memory.use_hierarchy"));
    }

    [Fact]
    public void Apply_NewCgroup_WritesEveryLimitOfMemoryBeforeMemoryAndSwap()
    {
        _files.Writes.Clear();

        _driver.Apply("scp/c1", Settings);

        Assert.Equal(
            [
                "/cg/cpu/scp/c1/cpu.cfs_quota_us=150000",
                "/cg/memory/scp/c1/memory.limit_in_bytes=67108864",
                "/cg/memory/scp/c1/memory.memsw.limit_in_bytes=67108864",
                "/cg/pids/scp/c1/pids.max=99",
            ],
            _files.Writes);
    }

    [Fact]
    public void Change_LimitSoftMemoryAndFreeze_WritesThoseAloneAndComparesNothing()
    {
        var before = Settings with { SoftMemoryBytes = 40L << 20 };
        _driver.Apply("scp/c1", before);
        _files.Writes.Clear();
        var reads = _files.Reads;

        _driver.Change("scp/c1", before, before with { LimitShares = 20 });
        _driver.Change("scp/c1", before, before with { Frozen = true });

        Assert.Equal(["/cg/cpu/scp/c1/cpu.cfs_quota_us=20000", "/cg/freezer/scp/c1/freezer.state=FROZEN"], _files.Writes);
        Assert.Equal(reads, _files.Reads);
        _driver.Change("scp/c1", before, before with { SoftMemoryBytes = 48L << 20, Frozen = true });
        Assert.Equal(48L << 20, _driver.ReadSoftMemoryLimit("scp/c1"));
    }

    [Fact]
    public void Change_HardMemoryLimit_IsApplied()
    {
        _driver.Apply("scp/c1", Settings);

        _driver.Change("scp/c1", Settings, Settings with { MemoryLimitBytes = 128L << 20 });

        Assert.Equal("134217728\n", _files.Read("/cg/memory/scp/c1/memory.limit_in_bytes"));
    }

    [Fact]
    public void Apply_MemoryLimitGrows_RaisesMemoryAndSwapFirst()
    {
        _driver.Apply("scp/c1", Settings);

        var written = _driver.Apply("scp/c1", Settings with { MemoryLimitBytes = 128L << 20 });

        Assert.Equal(["memory.memsw.limit_in_bytes", "memory.limit_in_bytes"], written);
    }

    [Fact]
    public void Apply_SoftMemory_IsWrittenOnceAndTold()
    {
        Assert.Null(_driver.ReadSoftMemoryLimit("scp/c1"));
        _driver.Apply("scp/c1", Settings);

        Assert.Equal(["memory.soft_limit_in_bytes"], _driver.Apply("scp/c1", Settings with { SoftMemoryBytes = 40L << 20 }));
        Assert.Equal(40L << 20, _driver.ReadSoftMemoryLimit("scp/c1"));
        Assert.Empty(_driver.Apply("scp/c1", Settings with { SoftMemoryBytes = 40L << 20 }));
    }

    [Fact]
    public void Apply_KernelWithoutSoftLimit_IsFine()
    {
        _files.Without("/cg/memory/scp/c1/memory.soft_limit_in_bytes");

        Assert.DoesNotContain("memory.soft_limit_in_bytes", _driver.Apply("scp/c1", Settings with { SoftMemoryBytes = 40L << 20 }));
        Assert.Null(_driver.ReadSoftMemoryLimit("scp/c1"));
    }

    [Fact]
    public void ReadMemoryPressure_HardLimitHit_IsItsCount()
    {
        _files.With("/cg/memory/scp/c1/memory.failcnt", "17\n");

        Assert.Equal(new MemoryPressure(17, 0), _driver.ReadMemoryPressure("scp/c1"));
    }

    [Fact]
    public void ReadUsage_Recorded_IsThatOfReadCpu() => Assert.Equal(_driver.ReadCpu("scp/c1").UsageMicroseconds, _driver.ReadUsageMicroseconds("scp/c1"));

    [Theory]
    [InlineData("FREEZING\n", true, false)]
    [InlineData("FROZEN\n", true, false)]
    [InlineData("THAWED\n", true, true)]
    [InlineData("FREEZING\n", false, true)]
    [InlineData("FROZEN\n", false, true)]
    public void Apply_Freezer_IsWrittenWhereItIsNotOnItsWay(string state, bool frozen, bool written)
    {
        _driver.Apply("scp/c1", Settings);
        _files.With("/cg/freezer/scp/c1/freezer.state", state);

        Assert.Equal(written, _driver.Apply("scp/c1", Settings with { Frozen = frozen }).Contains("freezer.state"));
    }

    [Fact]
    public void ReadCpu_Recorded_IsInMicroseconds() => Assert.Equal(new CpuCounters(11_196_546, 2_729_338, 24), _driver.ReadCpu("scp/c1"));

    [Fact]
    public void ReadOutOfMemoryKills_CountedWhereTheyHappened_SumsThem() => Assert.Equal(9, _driver.ReadOutOfMemoryKills("scp/c1"));

    [Fact]
    public void ReadHeldMemory_Recorded_IsWithoutTheFileCacheOfTheWholeTree() => Assert.Equal(262_144 - 61_440, _driver.ReadHeldMemory("scp/c1"));

    [Fact]
    public void ReadHeldMemory_CacheReadLaterThanUsage_IsNotBelowZero()
    {
        // The kernel's two figures are of two moments, and usage_in_bytes itself is an estimate.
        _files.With("/cg/memory/scp/c1/memory.usage_in_bytes", "4096\n");

        Assert.Equal(0, _driver.ReadHeldMemory("scp/c1"));
    }

    [Fact]
    public void ReadLimitShares_UnlimitedAndLimited_AreTold()
    {
        Assert.Null(_driver.ReadLimitShares("scp/c1"));
        _driver.Apply("scp/c1", Settings);
        Assert.Equal(150, _driver.ReadLimitShares("scp/c1"));
    }

    [Fact]
    public void ReadProcesses_JoinedInPart_AreFoundInAnyHierarchy()
    {
        _files.With("/cg/cpuacct/scp/c1/slot0/cgroup.procs", "7\n").With("/cg/cpu/scp/c1/slot0/cgroup.procs", "7\n8\n");

        Assert.Equal([7, 8], _driver.ReadProcesses("scp/c1").Order());
    }

    [Fact]
    public void JoinFiles_ControllersMountedTogether_AreNamedOnce()
    {
        var driver = new CgroupV1Driver(_files, CgroupV1Driver.Controllers.ToDictionary(c => c, c => c.StartsWith("cpu", StringComparison.Ordinal) ? "/cg/cpu,cpuacct" : $"/cg/{c}"));

        Assert.Equal(
            ["/cg/cpu,cpuacct/scp/c1/slot0/cgroup.procs", "/cg/memory/scp/c1/slot0/cgroup.procs", "/cg/pids/scp/c1/slot0/cgroup.procs", "/cg/freezer/scp/c1/slot0/cgroup.procs"],
            driver.JoinFiles("scp/c1/slot0"));
    }

    [Fact]
    public void Exists_CountingHierarchyGone_IsFalse()
    {
        _driver.Remove("scp/c1");

        Assert.False(_driver.Exists("scp/c1"));
    }
}
