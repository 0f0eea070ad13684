using Scaler.Contracts;
using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.History;

namespace Scaler.Tests.History;

public sealed class TimeSeriesTests
{
    private static readonly ContainerRecord Record = ContainerRecord.Register(
        "c1", new ContainerSpec("user0", "stress", 1, new ScalingBounds(0, 400, 25), null, 64L << 20, 64, "tracking"), TimeSpan.Zero, default)
        .WithLimit(120, TimeSpan.Zero)
        .Count(new KernelReading(0, 0, 0, 0, null, 8192), TimeSpan.Zero, default);

    private readonly TimeSeries _series = new();
    private TimeSpan _at;
    private long _usage;
    private long _throttled;

    [Fact]
    public void Rows_OneInterval_SaysWhatWasUsedAndAllowed()
    {
        Add(milliseconds: 0, shares: 0);
        Add(milliseconds: 200, shares: 75, throttledMilliseconds: 30);

        Assert.Equal(new SeriesRow(200, 200, 75, 120, 30, 2, 16384), Assert.Single(_series.Rows()));
    }

    /// <summary>Two hours at five rows a second: the rows are few, follow each other without gap or overlap, and add up to what was used.</summary>
    [Fact]
    public void Rows_LongTime_AreBoundedAndLoseNothingOfTheLastHour()
    {
        Add(milliseconds: 0, shares: 0);
        for (var i = 0; i < 36_000; i++)
        {
            Add(milliseconds: 200, shares: i % 10 < 5 ? 99 : 1, throttledMilliseconds: 1);
        }

        var rows = _series.Rows();

        Assert.InRange(rows.Count, 270, 420);
        Assert.Equal((long)_at.TotalMilliseconds, rows[^1].EndMilliseconds);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.EndMilliseconds, pair.Second.StartMilliseconds));
        Assert.InRange(rows[^1].EndMilliseconds - rows[0].StartMilliseconds, 3_600_000, 3_660_000);
        Assert.All(rows.Where(r => r.IntervalMilliseconds == 30_000), r => Assert.Equal((50, 150), (Math.Round(r.UsedShares, 2), r.ThrottledMilliseconds)));
        Assert.InRange(rows.Count(r => r.IntervalMilliseconds == 200), 150, 300);
    }

    /// <summary>A burst every 7 s, nothing in between: what is idle is joined, no burst is lost, and rows still follow each other.</summary>
    [Fact]
    public void Rows_MostlyIdle_AreFewAndFollowEachOther()
    {
        Add(milliseconds: 0, shares: 0);
        for (var i = 0; i < 1500; i++)
        {
            Add(milliseconds: 200, shares: i % 35 == 0 ? 100 : 0);
        }

        var rows = _series.Rows();

        Assert.InRange(rows.Count, 86, 100);
        Assert.Equal(300_000, rows.Sum(r => r.IntervalMilliseconds));
        Assert.Equal(43 * 200 * 100, rows.Sum(r => r.UsedShares * r.IntervalMilliseconds), 1.0);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.EndMilliseconds, pair.Second.StartMilliseconds));
    }

    [Fact]
    public void Rows_FewReadings_AreAllThere()
    {
        Add(milliseconds: 0, shares: 0);
        for (var i = 0; i < 200; i++)
        {
            Add(milliseconds: 200, shares: 50);
        }

        Assert.Equal(200, _series.Rows().Count);
    }

    [Fact]
    public void Add_CountersOrClockGoBack_IsNoRowBelowZero()
    {
        Add(milliseconds: 200, shares: 50);
        Add(milliseconds: 200, shares: -500, throttledMilliseconds: -700);
        Add(milliseconds: -100, shares: 50);

        var row = Assert.Single(_series.Rows());
        Assert.Equal((0f, 0f), (row.UsedShares, row.ThrottledMilliseconds));
    }

    [Fact]
    public void Csv_Rows_AreNumbersInTheDocumentedColumns() => Assert.Equal(
        "at,interval_seconds,used_shares,limit_shares,throttled_seconds,memory_bytes,memory_limit_bytes\r\n"
        + "2026-01-01T11:00:00.250Z,0.2,97.5,120,0.03,8192,67108864\r\n",
        SeriesCsv.Write([new SeriesPoint(new DateTimeOffset(2026, 1, 1, 12, 0, 0, 250, TimeSpan.FromHours(1)), 0.2, 97.5, 120, 0.03, 8192, 64L << 20)]));

    private void Add(int milliseconds, int shares, int throttledMilliseconds = 0)
    {
        _at += TimeSpan.FromMilliseconds(milliseconds);
        _usage += milliseconds * shares * 10L;
        _throttled += throttledMilliseconds * 1000L;
        _series.Add(new CpuSample(_at, _usage, _throttled, 0), Record);
    }
}
