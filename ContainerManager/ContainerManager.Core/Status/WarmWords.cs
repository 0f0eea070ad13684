using System.Globalization;

namespace ContainerManager.Core.Status;

/// <summary>Why an idle function's container is up or not, in words for the user; moments in UTC.</summary>
public static class WarmWords
{
    /// <summary>Its owner wants it up.</summary>
    public const string Kept = "kept warm";

    /// <summary>Its owner wants it up, and it cannot be.</summary>
    public static string Cold(string why) => $"kept cold: {why}";

    /// <summary>It is up until then.</summary>
    public static string Stops(DateTimeOffset at) => $"idle: stops at {Text(at)}";

    /// <summary>It was started without a task, and is up until then.</summary>
    public static string Ahead(DateTimeOffset stops) => $"started ahead of an expected task: stops at {Text(stops)}";

    /// <summary>It is not up until then.</summary>
    public static string Expected(DateTimeOffset starts) => $"expected: starts again at {Text(starts)}";

    /// <summary>It is not up because it failed.</summary>
    public static string BackingOff(int failures, DateTimeOffset starts) => string.Create(
        CultureInfo.InvariantCulture, $"failed {failures} time{(failures == 1 ? "" : "s")} in a row: starts again at {Text(starts)}");

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
