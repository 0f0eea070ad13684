using System.Globalization;
using ContainerManager.Triggers;

namespace ContainerManager.Tests.Triggers;

public sealed class CronScheduleTests
{
    // A Saturday.
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 11, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0 * * * *", "2026-01-31T12:00:00Z")]
    [InlineData(" */15  * * * * ", "2026-01-31T11:45:00Z")]
    [InlineData("5 4 * * 0", "2026-02-01T04:05:00Z")]
    [InlineData("5 4 * * 7", "2026-02-01T04:05:00Z")]
    [InlineData("5 4 * * 1-5", "2026-02-02T04:05:00Z")]
    [InlineData("5 4 * * SUN", "2026-02-01T04:05:00Z")]
    [InlineData("0 0 1 * *", "2026-02-01T00:00:00Z")]
    [InlineData("0 12 29 2 *", "2028-02-29T12:00:00Z")]
    [InlineData("30 0 12 * * ?", "2026-01-31T12:00:30Z")]
    [InlineData("@hourly", "2026-01-31T12:00:00Z")]
    [InlineData("@daily", "2026-02-01T00:00:00Z")]
    [InlineData("@weekly", "2026-02-01T00:00:00Z")]
    [InlineData("@monthly", "2026-02-01T00:00:00Z")]
    public void Next_Schedule_IsTheFirstMomentBehind(string text, string expected)
    {
        var (schedule, error) = CronSchedule.Read(text, Now);

        Assert.Null(error);
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), schedule!.Next(Now));
    }

    [Theory]
    [InlineData("0 0 30 2 *", "is never due.")]
    [InlineData("0 0 0 1 1 ? 2020", "is never due.")]
    [InlineData("* * * * * ?", "is due every 1 s; allowed: at most once in 60 s.")]
    [InlineData("0,30 * * * * ?", "is due every 30 s; allowed: at most once in 60 s.")]
    [InlineData("", "cannot be read")]
    [InlineData("hourly", "cannot be read")]
    [InlineData("61 * * * *", "cannot be read")]
    [InlineData("0 0 1 * 1", "cannot be read (a day of the month and one of the week together)")]
    [InlineData("0 0 * * 8", "cannot be read (there is no day 8 of the week)")]
    [InlineData("0 0 * * * * * * *", "cannot be read")]
    [InlineData("\u0000", "cannot be read")]
    public void Read_Impossible_SaysWhy(string text, string expected)
    {
        var (schedule, error) = CronSchedule.Read(text, Now);

        Assert.Null(schedule);
        Assert.StartsWith("schedule: \"", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
