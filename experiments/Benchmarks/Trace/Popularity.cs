using System.Globalization;
using Traces;

namespace Benchmarks.Trace;

/// <summary>How many functions and invocations there were, and how unevenly these were spread.</summary>
internal sealed class Popularity
{
    private readonly List<long> _invocations = [];

    public int Functions => _invocations.Count;

    public long Invocations => _invocations.Sum();

    /// <summary>Counts the functions as they pass.</summary>
    public IEnumerable<TraceFunction> Count(IEnumerable<TraceFunction> functions)
    {
        foreach (var function in functions)
        {
            _invocations.Add(function.PerMinute.Sum(m => (long)m));
            yield return function;
        }
    }

    /// <summary>Part of all invocations that the most popular <paramref name="part"/> of the functions make.</summary>
    public double ShareOfTop(double part)
    {
        var top = _invocations.OrderDescending().Take((int)Math.Ceiling(part * _invocations.Count)).Sum();
        return Invocations == 0 ? 0 : (double)top / Invocations;
    }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Functions} functions, {Invocations} invocations; the most popular 1 % of the functions make {ShareOfTop(0.01) * 100:F1} % of them, 20 % make {ShareOfTop(0.2) * 100:F1} %");
}
