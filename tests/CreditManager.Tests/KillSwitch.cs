using CreditManager.Health;

namespace CreditManager.Tests;

/// <summary>Kill points that can be set while the service runs, and that remember what was passed.</summary>
internal sealed class KillSwitch : IKillPoints
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _passed = new(StringComparer.Ordinal);

    public IKillPoints? Next { get; set; }

    /// <summary>Every name that the work has passed.</summary>
    public IReadOnlyList<string> Passed
    {
        get
        {
            lock (_lock)
            {
                return [.. _passed.Order(StringComparer.Ordinal)];
            }
        }
    }

    public void Pass(string point)
    {
        lock (_lock)
        {
            _passed.Add(point);
        }

        Next?.Pass(point);
    }
}
