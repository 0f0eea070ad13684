using Scaler.Cgroups;
using Scaler.Node;

namespace Scaler.Tests.Cgroups;

public sealed class CgroupTextTests
{
    [Fact]
    public void Value_OfEachRecordedFile_IsFound()
    {
        Assert.Equal(2_729_338_556, CgroupText.Value("f", Fixtures.V1CpuStat, "throttled_time"));
        Assert.Equal(24, CgroupText.Value("f", Fixtures.V1CpuStat, "nr_throttled"));
        Assert.Equal(3, CgroupText.Value("f", Fixtures.V1OomControl, "oom_kill"));
        Assert.Equal(1_234_567, CgroupText.Value("f", Fixtures.V2CpuStat, "usage_usec"));
        Assert.Equal(2, CgroupText.Value("f", Fixtures.V2MemoryEvents, "oom_kill"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("oom_kill")]
    [InlineData("oom_kill x")]
    [InlineData("oom_kill_disable 0\n")]
    public void Value_LineMissingOrOdd_ThrowsNamingFileAndContent(string text)
    {
        var error = Assert.Throws<FormatException>(() => CgroupText.Value("/c/memory.oom_control", text, "oom_kill"));

        Assert.Contains("/c/memory.oom_control", error.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{text.Trim()}\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max 100000\n", null, 100_000)]
    [InlineData("150000 100000\n", 150_000L, 100_000)]
    public void CpuMax_Recorded_IsRead(string text, long? quota, long period) => Assert.Equal((quota, period), CgroupText.CpuMax("f", text));

    [Theory]
    [InlineData("")]
    [InlineData("max")]
    [InlineData("many 100000")]
    [InlineData("1 2 3")]
    public void CpuMax_Odd_Throws(string text) => Assert.Throws<FormatException>(() => CgroupText.CpuMax("f", text));

    [Theory]
    [InlineData("-1\n", -1)]
    [InlineData("50000\n", 50_000)]
    public void Number_Recorded_IsRead(string text, long value) => Assert.Equal(value, CgroupText.Number("f", text));

    [Fact]
    public void Number_Odd_ThrowsNamingTheFile() =>
        Assert.Contains("/c/cpu.cfs_quota_us", Assert.Throws<FormatException>(() => CgroupText.Number("/c/cpu.cfs_quota_us", "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Processes_OfAnotherNamespace_AreLeftOut() => Assert.Equal([12, 4711], CgroupText.Processes("f", "12\n0\n4711\n"));

    [Fact]
    public void Processes_Odd_Throws() => Assert.Throws<FormatException>(() => CgroupText.Processes("f", "12\n-3\n"));

    [Fact]
    public void Parse_Meminfo_IsKibibytes() =>
        Assert.Equal(24_684_100L * 1024, MachineMemory.Parse("MemTotal:       24684100 kB\nMemFree:        20000000 kB\n"));
}
