using System.Globalization;
using System.Text.RegularExpressions;
using Quartz;

namespace ContainerManager.Triggers;

/// <summary>
/// When tasks are due, in UTC: the five fields of Unix' cron (minute, hour, day of month, month, day of week), one of its names
/// (<c>@hourly</c>), or the six or seven of Quartz, which begin with the second and name the days from 1 for Sunday.
/// </summary>
internal sealed partial class CronSchedule
{
    /// <summary>What may be written, in words.</summary>
    public const string Allowed = "a cron expression of five fields such as \"*/15 * * * *\", Quartz' of six, or @hourly, @daily, @weekly, @monthly; in UTC";

    private const int UnixFields = 5;
    private const int Examined = 50;
    private static readonly TimeSpan Closest = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
    };

    private readonly CronExpression _expression;

    private CronSchedule(string text, CronExpression expression) => (Text, _expression) = (text, expression);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">As written in <c>function.yaml</c>.</param>
    /// <param name="now">From when on it has to be due at all.</param>
    /// <returns>The schedule, or what is wrong with it and what is allowed.</returns>
    public static (CronSchedule? Schedule, string? Error) Read(string text, DateTimeOffset now)
    {
        CronSchedule schedule;
        try
        {
            schedule = new CronSchedule(text, new CronExpression(ToQuartz(text), TimeZoneInfo.Utc));
        }
        catch (FormatException e)
        {
            return (null, $"schedule: \"{Shown(text)}\" cannot be read ({e.Message.TrimEnd('.')}); allowed: {Allowed}.");
        }

        return schedule.Objection(now) is { } objection ? (null, $"schedule: \"{Shown(text)}\" {objection}") : (schedule, null);
    }

    /// <summary>The first moment behind <paramref name="moment"/>; null where there is none any more.</summary>
    public DateTimeOffset? Next(DateTimeOffset moment) => _expression.GetNextValidTimeAfter(moment);

    private static string Shown(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private static string ToQuartz(string text)
    {
        var fields = Names.GetValueOrDefault(text.Trim(), text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == UnixFields ? FromUnix(fields) : string.Join(' ', fields);
    }

    // Quartz counts the days of the week from 1 and wants one of the two fields of days left open, as "?".
    private static string FromUnix(string[] fields)
    {
        var (dayOfMonth, dayOfWeek) = (fields[2], fields[4]);
        if (dayOfMonth != "*" && dayOfWeek != "*")
        {
            throw new FormatException("a day of the month and one of the week together");
        }

        (dayOfMonth, dayOfWeek) = dayOfWeek == "*" ? (dayOfMonth, "?") : ("?", DayNumber().Replace(dayOfWeek, ToQuartzDay));
        return $"0 {fields[0]} {fields[1]} {dayOfMonth} {fields[3]} {dayOfWeek}";
    }

    private static string ToQuartzDay(Match number)
    {
        const int DaysOfWeek = 7;
        var day = int.Parse(number.Value, CultureInfo.InvariantCulture);
        return day <= DaysOfWeek ? ((day % DaysOfWeek) + 1).ToString(CultureInfo.InvariantCulture) : throw new FormatException($"there is no day {day} of the week");
    }

    private string? Objection(DateTimeOffset now)
    {
        if (Next(now) is not { } first)
        {
            return "is never due.";
        }

        for (var i = 0; i < Examined && Next(first) is { } second; i++, first = second)
        {
            if (second - first < Closest)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"is due every {(second - first).TotalSeconds:0} s; allowed: at most once in {Closest.TotalSeconds:0} s.");
            }
        }

        return null;
    }

    // Not the step behind a slash, nor the week behind a number sign.
    [GeneratedRegex(@"(?<![/#\d])\d{1,3}")]
    private static partial Regex DayNumber();
}
