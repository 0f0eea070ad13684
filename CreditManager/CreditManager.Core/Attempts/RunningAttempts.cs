using System.Globalization;

namespace CreditManager.Core.Attempts;

/// <summary>Which attempts run in which container, as far as ContainerManager has told; a charge names those of its time.</summary>
public sealed class RunningAttempts
{
    /// <summary>A charge that names more would make its entry as long as a page; the others are counted.</summary>
    private const int MostNamed = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, Phase>> _attempts = new(StringComparer.Ordinal);

    private enum Phase
    {
        Runs,

        /// <summary>It may have used something since the last charge.</summary>
        Ended,

        /// <summary>A charge that is made at present covers its end.</summary>
        EndCovered,
    }

    /// <summary>An attempt runs.</summary>
    public void Started(string container, string attempt) => Set(container, attempt, Phase.Runs);

    /// <summary>An attempt has ended: the container's next charge is the last that names it.</summary>
    public void Ended(string container, string attempt) => Set(container, attempt, Phase.Ended);

    /// <summary>What runs in a container, or ended there since its last charge.</summary>
    public IReadOnlyList<string> Of(string container)
    {
        lock (_lock)
        {
            if (!_attempts.TryGetValue(container, out var attempts))
            {
                return [];
            }

            // Which end while the charge is on its way to the disk used something after the reading that is charged.
            foreach (var attempt in attempts.Where(a => a.Value == Phase.Ended).Select(a => a.Key).ToList())
            {
                attempts[attempt] = Phase.EndCovered;
            }

            return [.. attempts.Keys.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>What a container's next charge says of its attempts, and which of them it names.</summary>
    public (IReadOnlyList<string> Words, IReadOnlyList<string> Named) Name(string container)
    {
        var all = Of(container);
        if (all.Count <= MostNamed)
        {
            return (all, all);
        }

        IReadOnlyList<string> named = [.. all.Take(MostNamed)];
        return ([.. named, string.Create(CultureInfo.InvariantCulture, $"+{all.Count - MostNamed}")], named);
    }

    /// <summary>A charge that named these is on the disk.</summary>
    public void Charged(string container, IEnumerable<string> attempts)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        lock (_lock)
        {
            if (!_attempts.TryGetValue(container, out var known))
            {
                return;
            }

            foreach (var attempt in attempts.Where(a => known.TryGetValue(a, out var phase) && phase == Phase.EndCovered))
            {
                known.Remove(attempt);
            }

            if (known.Count == 0)
            {
                _attempts.Remove(container);
            }
        }
    }

    /// <summary>No charge of this container will follow.</summary>
    public void Closed(string container)
    {
        lock (_lock)
        {
            _attempts.Remove(container);
        }
    }

    private void Set(string container, string attempt, Phase phase)
    {
        lock (_lock)
        {
            if (!_attempts.TryGetValue(container, out var attempts))
            {
                _attempts.Add(container, attempts = new Dictionary<string, Phase>(StringComparer.Ordinal));
            }

            if (phase > attempts.GetValueOrDefault(attempt, Phase.Runs) || !attempts.ContainsKey(attempt))
            {
                attempts[attempt] = phase;
            }
        }
    }
}
