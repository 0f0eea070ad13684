namespace ContainerManager.Core.Containers;

/// <summary>How long to wait before the next start of something that failed to start.</summary>
public static class StartBackoff
{
    private const int MostSeconds = 60;
    private const int DoublingsToMost = 6;

    /// <summary>1, 2, 4 … 60 seconds.</summary>
    /// <param name="failures">Failed starts in a row, at least 1.</param>
    public static TimeSpan After(int failures) =>
        TimeSpan.FromSeconds(failures > DoublingsToMost ? MostSeconds : Math.Min(MostSeconds, 1 << Math.Max(0, failures - 1)));
}
