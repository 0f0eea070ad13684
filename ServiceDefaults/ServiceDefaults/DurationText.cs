using System.Globalization;

namespace ServiceDefaults;

/// <summary>Durations as people write them: <c>500ms</c>, <c>60s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>; a bare number is seconds.</summary>
public static class DurationText
{
    /// <summary>What a refused text should have looked like, for error messages.</summary>
    public const string Allowed = "a duration such as 500ms, 60s, 5m, 2h or 1d";

    private static readonly (string Suffix, double Seconds)[] Units =
        [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    /// <summary>Parses <paramref name="text"/>; false where it is no duration of at most 1,000 days.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var trimmed = (text ?? "").Trim();
        var unit = Units.FirstOrDefault(u => trimmed.EndsWith(u.Suffix, StringComparison.OrdinalIgnoreCase));
        var number = unit.Suffix is null ? trimmed : trimmed[..^unit.Suffix.Length].TrimEnd();
        var seconds = unit.Suffix is null ? 1 : unit.Seconds;
        // The framework reads "NaN" and "Infinity" as numbers, whatever styles are allowed.
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value)
            || value * seconds > TimeSpan.FromDays(1000).TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(Math.Round(value * seconds * 1000, 3));
        return true;
    }
}
