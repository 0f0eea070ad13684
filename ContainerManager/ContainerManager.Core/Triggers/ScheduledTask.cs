using System.Globalization;

namespace ContainerManager.Core.Triggers;

/// <summary>Tasks that a schedule drops.</summary>
public static class ScheduledTask
{
    /// <summary>Begins their names.</summary>
    public const string Prefix = "schedule-";

    /// <summary>The name of the task of one moment: the same however often it is dropped.</summary>
    public static string Name(DateTimeOffset moment) =>
        Prefix + moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What is in its file: the moment, as a line of ISO 8601.</summary>
    public static string Content(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) + "\n";
}
