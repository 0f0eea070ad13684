using System.Globalization;

namespace ContainerManager.Core.Settings;

/// <summary>The rule of <c>utils/timeout.txt</c>: its first line is a whole number of seconds.</summary>
/// <param name="Timeout">How long a container may be idle.</param>
/// <param name="Problem">What is wrong with the file, in words; null where all is well.</param>
public sealed record IdleTimeout(TimeSpan Timeout, string? Problem)
{
    /// <summary>Used where the file is missing or cannot be understood.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(60);

    /// <summary>Longest timeout in seconds: 30 days.</summary>
    public const int MaxSeconds = 30 * 24 * 3600;

    /// <summary>Reads the file's content; null where there is no file.</summary>
    public static IdleTimeout Read(string? content)
    {
        if (content is null)
        {
            return new IdleTimeout(Default, null);
        }

        var line = content.Split('\n', 2)[0].Trim().TrimStart('\uFEFF');
        return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxSeconds
            ? new IdleTimeout(TimeSpan.FromSeconds(seconds), null)
            : new IdleTimeout(Default, $"utils/timeout.txt: the first line is no whole number of seconds from 0 to {MaxSeconds}; 60 is used.");
    }
}
