namespace ContainerManager.Core.KeepWarm;

/// <summary>When a container that has become idle is up: not before <paramref name="From"/>, not after <paramref name="Until"/>.</summary>
/// <param name="From">
/// Time after the last task. Zero keeps the container running; anything else stops it at once and starts it again that much later, ahead of the
/// task that is expected.
/// </param>
/// <param name="Until">Time after the last task at which it is stopped for good; at least <paramref name="From"/>.</param>
public readonly record struct WarmWindow(TimeSpan From, TimeSpan Until)
{
    /// <summary>Stopped as soon as it is idle.</summary>
    public static WarmWindow Never => default;

    /// <summary>The plain idle timeout.</summary>
    public static WarmWindow For(TimeSpan timeout) => new(TimeSpan.Zero, timeout);

    /// <summary>Whether a task that comes after so long finds the container up.</summary>
    public bool Covers(TimeSpan idle) => idle >= From && idle <= Until && Until > TimeSpan.Zero;
}
