using System.Globalization;
using CreditManager.Core.Money;

namespace CreditCtl.Output;

/// <summary>Numbers and times for people, always exact.</summary>
internal static class Figures
{
    /// <summary>A hundred years and more are one for people.</summary>
    public const long LongestSeconds = 3_155_760_000;

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Grc(Int128 halfords) => halfords >= long.MinValue && halfords <= long.MaxValue
        ? $"{new GrcAmount((long)halfords)} GRC"
        : string.Create(CultureInfo.InvariantCulture, $"{halfords} halfords");

    /// <summary>GRC without the unit, for columns that have it.</summary>
    public static string Amount(long halfords) => new GrcAmount(halfords).ToString();

    /// <summary>CPU time in seconds, to the microsecond.</summary>
    public static string VcoreSeconds(long microseconds) => (microseconds / 1_000_000m).ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Memory over time, rounded to a thousandth.</summary>
    public static string GibSeconds(Int128 byteSeconds) => ((decimal)byteSeconds / (1L << 30)).ToString("0.000", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>As precise as the ledger.</summary>
    public static string ExactTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A duration in its two largest units.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalDays} d {time.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
    };
}
