using System.Globalization;

namespace CreditManager.Health;

/// <summary>A kill point as configured: its name, and for which time that it is reached.</summary>
/// <param name="Point">One of <see cref="KillPoint.All"/>.</param>
/// <param name="Time">From 1.</param>
internal sealed record KillAddress(string Point, int Time)
{
    /// <summary>What a refused text should have looked like.</summary>
    public static string Allowed => $"NAME or NAME:TIME, TIME at least 1, NAME one of: {string.Join(", ", KillPoint.All)}";

    /// <summary>Reads <c>after move</c> or <c>after move:3</c>; null for anything else.</summary>
    public static KillAddress? Read(string text)
    {
        var (name, time) = text.Split(':') switch
        {
            [var only] => (only, 1),
            [var first, var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var given) => (first, given),
            _ => ("", 0),
        };
        return time >= 1 && KillPoint.All.Contains(name) ? new KillAddress(name, time) : null;
    }
}
