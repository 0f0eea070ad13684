using CreditManager.Health;

namespace CreditManager.Tests;

/// <summary>Stands for the death of the process: nothing in the service catches it as a failure of its own.</summary>
internal sealed class KilledException(string point) : Exception($"killed {point}");

/// <summary>Kills when the work reaches a point for the n-th time, once; not before <see cref="Armed"/>.</summary>
internal sealed class KillAt(string place, int time = 1) : IKillPoints
{
    private int _left = time;

    public bool Armed { get; set; } = true;

    /// <summary>Whether it has killed.</summary>
    public bool Done => _left <= 0;

    public void Pass(string point)
    {
        if (Armed && point == place && --_left == 0)
        {
            throw new KilledException(place);
        }
    }
}
