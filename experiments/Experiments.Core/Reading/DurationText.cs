using System.Globalization;

namespace Experiments.Core.Reading;

/// <summary>Lengths of time as people write them: <c>90</c> or <c>90s</c>, <c>500ms</c>, <c>40m</c>, <c>1.5h</c>.</summary>
internal static class DurationText
{
    /// <summary>What a refused text should have looked like.</summary>
    public const string Allowed = "a time from 0 to 30 days, such as 90s, 500ms, 40m or 1.5h";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private static readonly (string Suffix, decimal Seconds)[] Units = [("ms", 0.001m), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>Reads one; false where it is none.</summary>
    public static bool TryRead(string text, out TimeSpan time)
    {
        time = default;
        var unit = Array.Find(Units, u => text.EndsWith(u.Suffix, StringComparison.Ordinal));
        var number = unit.Suffix is null ? text : text[..^unit.Suffix.Length];
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var seconds = value * (unit.Suffix is null ? 1 : unit.Seconds);
        if (seconds > (decimal)Longest.TotalSeconds)
        {
            return false;
        }

        // Whole microseconds: the finest that any counter here knows.
        time = TimeSpan.FromMicroseconds((long)(seconds * 1_000_000));
        return true;
    }
}
