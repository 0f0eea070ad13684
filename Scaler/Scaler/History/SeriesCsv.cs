using System.Globalization;
using System.Text;
using Scaler.Contracts;

namespace Scaler.History;

/// <summary>A time series as CSV (RFC 4180, without quotes: there are only numbers and times).</summary>
internal static class SeriesCsv
{
    public const string ContentType = "text/csv";

    private const string Header = "at,interval_seconds,used_shares,limit_shares,throttled_seconds,memory_bytes,memory_limit_bytes";

    public static string Write(IReadOnlyList<SeriesPoint> points)
    {
        var text = new StringBuilder(Header).Append("\r\n");
        foreach (var p in points)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{p.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{p.IntervalSeconds:0.###},{p.UsedShares:0.##},{p.LimitShares:0.##},{p.ThrottledSeconds:0.######},{p.MemoryBytes},{p.MemoryLimitBytes}\r\n");
        }

        return text.ToString();
    }
}
