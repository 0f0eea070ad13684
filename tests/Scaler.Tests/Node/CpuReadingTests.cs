using Scaler.Cgroups;
using Scaler.Node;
using Scaler.Tests.Cgroups;

namespace Scaler.Tests.Node;

public sealed class CpuReadingTests
{
    private readonly RecordedCgroupFiles _files = new(Fixtures.V1);
    private readonly CgroupV1Driver _driver;
    private readonly CpuReading _reading = new();

    public CpuReadingTests()
    {
        _driver = new CgroupV1Driver(_files, CgroupV1Driver.Controllers.ToDictionary(c => c, _ => "/cg"));
        _driver.Create("c1", []);
    }

    [Fact]
    public void Read_NothingUsed_IsOneFileFromTheFourthTimeOn()
    {
        Assert.Equal([2, 2, 2, 1, 1], Enumerable.Range(0, 5).Select(_ => FilesRead()));
    }

    [Fact]
    public void Read_UsedAgain_IsWholeAtOnce()
    {
        for (var i = 0; i < 5; i++)
        {
            FilesRead();
        }

        _files.With("/cg/c1/cpuacct.usage", "12000000000\n").With("/cg/c1/cpu.stat", Fixtures.V1CpuStat.Replace("nr_throttled 24", "nr_throttled 25", StringComparison.Ordinal));

        Assert.Equal(new CpuCounters(12_000_000, 2_729_338, 25), _reading.Read(_driver, "c1"));
    }

    private int FilesRead()
    {
        var before = _files.Reads;
        _reading.Read(_driver, "c1");
        return _files.Reads - before;
    }
}
