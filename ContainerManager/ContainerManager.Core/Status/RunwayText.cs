using System.Globalization;

namespace ContainerManager.Core.Status;

/// <summary>How long the funds last, in words.</summary>
public static class RunwayText
{
    private static readonly (long Seconds, string Unit)[] Units = [(86_400, "days"), (3_600, "h"), (60, "min"), (1, "s")];

    /// <summary>The words; null where nothing is being spent, or what there was is spent.</summary>
    /// <param name="seconds">How long, at the present rate; null where nothing is being spent.</param>
    public static string? Of(long? seconds)
    {
        if (seconds is not > 0)
        {
            return null;
        }

        // From two of a unit on: "119 s", then "2 min".
        var (size, unit) = Units.First(u => seconds >= 2 * u.Seconds || u.Seconds == 1);
        return string.Create(CultureInfo.InvariantCulture, $"funds last {seconds / size} {unit} at the present rate");
    }
}
