using Scaler.Cgroups;

namespace Scaler.Tests.Cgroups;

public sealed class CgroupV2DriverTests
{
    private const string Root = "/cg";
    private static readonly CgroupSettings Settings = new(150, 64L << 20, 99, Frozen: false);

    private readonly RecordedCgroupFiles _files = new(Fixtures.V2);
    private readonly CgroupV2Driver _driver;

    public CgroupV2DriverTests()
    {
        _files.CreateDirectory(Root);
        _driver = new CgroupV2Driver(_files, Root);
        _driver.Create("scp/c1", ["instance", "slot0"]);
    }

    [Fact]
    public void Create_Always_HandsControllersDownToTheLeaves()
    {
        Assert.All(["/cg", "/cg/scp", "/cg/scp/c1"], cgroup => Assert.Equal("cpu memory pids\n", _files.Read($"{cgroup}/cgroup.subtree_control")));
        // A leaf holds processes, so it must not hand anything on.
        Assert.Equal("\n", _files.Read("/cg/scp/c1/slot0/cgroup.subtree_control"));
        Assert.Equal(["instance", "slot0"], _driver.ListChildren("scp/c1"));
    }

    [Fact]
    public void Create_Again_WritesNothing()
    {
        _files.Writes.Clear();

        _driver.Create("scp/c1", ["instance", "slot0"]);

        Assert.Empty(_files.Writes);
    }

    [Fact]
    public void Apply_NewCgroup_WritesEveryLimit()
    {
        _files.Writes.Clear();

        var written = _driver.Apply("scp/c1", Settings);

        Assert.Equal(["cpu.max", "memory.max", "memory.swap.max", "pids.max"], written);
        Assert.Equal(
            ["/cg/scp/c1/cpu.max=150000 100000", "/cg/scp/c1/memory.max=67108864", "/cg/scp/c1/memory.swap.max=0", "/cg/scp/c1/pids.max=99"],
            _files.Writes);
    }

    [Theory]
    [InlineData(40L << 20, "41943040", 40L << 20)]
    [InlineData(64L << 20, "max", null)]
    public void Apply_SoftMemory_IsWrittenUnlessItIsTheHardLimit(long soft, string written, long? read)
    {
        _files.With("/cg/scp/c1/memory.high", "12345\n");

        Assert.Contains("memory.high", _driver.Apply("scp/c1", Settings with { SoftMemoryBytes = soft }));

        Assert.Equal(written + "\n", _files.Read("/cg/scp/c1/memory.high"));
        Assert.Equal(read, _driver.ReadSoftMemoryLimit("scp/c1"));
        Assert.Empty(_driver.Apply("scp/c1", Settings with { SoftMemoryBytes = soft }));
    }

    [Fact]
    public void ReadMemoryPressure_Recorded_CountsBothLimits()
    {
        Assert.Equal(new MemoryPressure(12, 0), _driver.ReadMemoryPressure("scp/c1"));
        _files.With("/cg/scp/c1/memory.events", Fixtures.V2MemoryEvents.Replace("high 0", "high 5", StringComparison.Ordinal));
        Assert.Equal(17, _driver.ReadMemoryPressure("scp/c1").Events);
    }

    [Fact]
    public void ReadMemoryPressure_KernelTellsOfStalls_IsTheirTotal()
    {
        _files.With(
            "/cg/scp/c1/memory.pressure",
            "some avg10=1.25 avg60=0.40 avg300=0.09 total=417963\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=297542\n");

        Assert.Equal(417_963, _driver.ReadMemoryPressure("scp/c1").StalledMicroseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("full avg10=0.00 avg60=0.00 avg300=0.00 total=297542\n")]
    [InlineData("some avg10=1.25 total=\n")]
    public void ReadMemoryPressure_UnexpectedText_IsNamedWithItsFile(string text)
    {
        _files.With("/cg/scp/c1/memory.pressure", text);

        var error = Assert.Throws<FormatException>(() => _driver.ReadMemoryPressure("scp/c1"));

        Assert.Contains("/cg/scp/c1/memory.pressure", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadUsage_Recorded_IsThatOfReadCpu() => Assert.Equal(_driver.ReadCpu("scp/c1").UsageMicroseconds, _driver.ReadUsageMicroseconds("scp/c1"));

    [Fact]
    public void Apply_AsItIs_WritesNothing()
    {
        _driver.Apply("scp/c1", Settings);

        Assert.Empty(_driver.Apply("scp/c1", Settings));
    }

    [Fact]
    public void Change_LimitSoftMemoryAndFreeze_WritesThoseAlone()
    {
        var before = Settings with { SoftMemoryBytes = 40L << 20 };
        _driver.Apply("scp/c1", before);
        _files.Writes.Clear();

        _driver.Change("scp/c1", before, before with { LimitShares = 20, SoftMemoryBytes = 48L << 20, Frozen = true });

        Assert.Equal(["cpu.max=20000 100000", "memory.high=50331648", "cgroup.freeze=1"], _files.Writes.Select(w => Path.GetFileName(w)));
        _driver.Change("scp/c1", before with { Frozen = true }, before with { MemoryLimitBytes = 128L << 20, Frozen = true });
        Assert.Contains("/cg/scp/c1/memory.max=134217728", _files.Writes);
    }

    [Fact]
    public void Apply_Frozen_FreezesTheContainer() => Assert.Contains("cgroup.freeze", _driver.Apply("scp/c1", Settings with { Frozen = true }));

    [Fact]
    public void Apply_NoSwapOnThisKernel_IsFine()
    {
        _files.Without("/cg/scp/c1/memory.swap.max");

        Assert.DoesNotContain("memory.swap.max", _driver.Apply("scp/c1", Settings));
    }

    [Fact]
    public void ReadLimitShares_MaxAndQuota_AreReadAsSharesOfAnyPeriod()
    {
        Assert.Null(_driver.ReadLimitShares("scp/c1"));
        _files.With("/cg/scp/c1/cpu.max", "25000 50000\n");
        Assert.Equal(50, _driver.ReadLimitShares("scp/c1"));
    }

    [Fact]
    public void Read_Recorded_GivesCounters()
    {
        Assert.Equal(new CpuCounters(1_234_567, 350_123, 7), _driver.ReadCpu("scp/c1"));
        Assert.Equal((8192, 2), (_driver.ReadChargedMemory("scp/c1"), _driver.ReadOutOfMemoryKills("scp/c1")));
    }

    [Theory]
    [InlineData("8192\n", 5120)]
    [InlineData("1024\n", 0)]
    public void ReadHeldMemory_Recorded_IsWithoutTheFileCache(string current, long expected)
    {
        _files.With("/cg/scp/c1/memory.current", current);

        Assert.Equal(expected, _driver.ReadHeldMemory("scp/c1"));
    }

    [Fact]
    public void ReadProcesses_OfAContainer_AreThoseOfItsLeaves()
    {
        _files.With("/cg/scp/c1/instance/cgroup.procs", "11\n").With("/cg/scp/c1/slot0/cgroup.procs", "12\n13\n");

        Assert.Equal([11, 12, 13], _driver.ReadProcesses("scp/c1"));
    }

    [Fact]
    public void TryKillAll_KernelWithAndWithoutIt_SaysWhich()
    {
        Assert.True(_driver.TryKillAll("scp/c1"));
        Assert.Contains("/cg/scp/c1/cgroup.kill=1", _files.Writes);
        Assert.False(new CgroupV2Driver(_files.Without("/cg/scp/c1/cgroup.kill"), Root).TryKillAll("scp/c1"));
    }

    [Fact]
    public void JoinFiles_OfASlot_IsOne() => Assert.Equal(["/cg/scp/c1/slot0/cgroup.procs"], _driver.JoinFiles("scp/c1/slot0"));

    [Fact]
    public void Remove_WholeTree_LeavesNothing()
    {
        _driver.Remove("scp/c1");

        Assert.False(_driver.Exists("scp/c1"));
        Assert.True(_driver.Exists("scp"));
    }

    [Fact]
    public void Create_ControllersRefused_ThrowsNamingTheFile()
    {
        var files = new RecordedCgroupFiles(Fixtures.V2);
        files.CreateDirectory(Root);
        files.Refusing.Add("/cg/cgroup.subtree_control");

        var error = Assert.Throws<IOException>(() => new CgroupV2Driver(files, Root).Create("scp", []));

        Assert.Contains("/cg/cgroup.subtree_control", error.Message, StringComparison.Ordinal);
    }
}
