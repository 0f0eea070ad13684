using Traces.Generation;

namespace Traces.Tests;

public sealed class TraceGeneratorTests
{
    [Fact]
    public void Generate_SameSeed_IsTheSameDay()
    {
        Assert.Equal(Calls(11), Calls(11));
        Assert.NotEqual(Calls(11), Calls(12));
    }

    [Fact]
    public void Generate_FewerFunctions_AreTheFirstOfMore() =>
        Assert.Equal(TraceGenerator.Generate(20, 3).Select(f => f.Name), TraceGenerator.Generate(40, 3).Take(20).Select(f => f.Name));

    [Fact]
    public void Generate_ManyFunctions_AreAsUnevenAsInAPublicCloud()
    {
        var calls = TraceGenerator.Generate(3000, 5).Select(f => f.PerMinute.Sum(m => (long)m)).OrderDescending().ToList();

        Assert.InRange(calls.Count(c => c <= 24) / 3000.0, 0.35, 0.55);
        Assert.InRange(calls.Count(c => c > 1440) / 3000.0, 0.10, 0.22);
        Assert.True(calls.Take(600).Sum() > 0.98 * calls.Sum());
    }

    [Fact]
    public void Generate_Timers_AreCalledEverySoManyMinutes()
    {
        foreach (var timer in TraceGenerator.Generate(500, 5).Where(f => f.Trigger == TraceFunction.Timer))
        {
            var minutes = Enumerable.Range(0, TraceFunction.Minutes).Where(m => timer.PerMinute[m] > 0).ToList();

            Assert.Single(minutes.Zip(minutes.Skip(1), (a, b) => b - a).Append(0).Where(gap => gap > 0).Distinct().DefaultIfEmpty(1440));
        }
    }

    [Fact]
    public void Generate_Functions_AreWithinWhatTheLayoutAllows()
    {
        foreach (var function in TraceGenerator.Generate(500, 9))
        {
            Assert.All(function.PerMinute, m => Assert.InRange(m, 0, 1_000_000));
            Assert.Equal(function.Duration.Percentiles.Order(), function.Duration.Percentiles);
            Assert.InRange(function.Duration.Average, function.Duration.Minimum, function.Duration.Maximum);
            Assert.True(function.Memory.Average >= 1 << 20);
        }
    }

    private static IEnumerable<long> Calls(ulong seed) => TraceGenerator.Generate(50, seed).Select(f => f.PerMinute.Sum(m => (long)m));
}
