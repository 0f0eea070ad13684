using System.Collections.Concurrent;

namespace ContainerManager.Functions;

/// <summary>What is wrong with a function, by who found it. Whoever finds that it is right again takes it down.</summary>
internal sealed class ProblemBoard(Pulse changed)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _bySource = new(StringComparer.Ordinal);

    /// <summary>Every problem once, in the order of their sources.</summary>
    public IReadOnlyList<string> All => [.. _bySource.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => p.Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Replaces what a source has to say; null or nothing takes it down.</summary>
    public void Set(string source, params IReadOnlyList<string?> problems)
    {
        var present = problems.OfType<string>().ToList();
        var before = _bySource.GetValueOrDefault(source, []);
        if (present.SequenceEqual(before, StringComparer.Ordinal))
        {
            return;
        }

        if (present.Count == 0)
        {
            _bySource.TryRemove(source, out _);
        }
        else
        {
            _bySource[source] = present;
        }

        changed.Set();
    }
}
