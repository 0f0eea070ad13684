using System.Globalization;
using CreditCtl.Hosting;
using CreditManager.Core.Statements;

namespace CreditCtl.Statements;

/// <summary>Reads days and moments as people write them, in UTC.</summary>
internal static class PeriodText
{
    private const string Allowed = "a day such as 2026-01-31 or a moment such as 2026-01-31T12:00:00Z";

    private static readonly string[] Moments =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK",
    ];

    /// <exception cref="CtlException">One of them is no time, or the period is empty.</exception>
    public static StatementPeriod Read(string? from, string? to)
    {
        var period = new StatementPeriod(Moment("--from", from, TimeSpan.Zero), Moment("--to", to, TimeSpan.FromDays(1)));
        return period.From >= period.Until
            ? throw CtlException.Usage($"--from {from} and --to {to} leave no time between them.")
            : period;
    }

    private static DateTimeOffset? Moment(string option, string? text, TimeSpan afterDay)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
        {
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + afterDay;
        }

        return DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, utc, out var moment)
            ? moment
            : throw CtlException.Usage($"{option}: \"{text}\" is not allowed; allowed: {Allowed}.");
    }
}
