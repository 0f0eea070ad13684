using Experiments.Core.Outputs;
using Experiments.Core.Reading;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Sweeps;

/// <summary>What came of one combination of values, repeated with different seeds.</summary>
/// <param name="Scenario">The first of the repeated scenarios.</param>
/// <param name="Settings">What was varied.</param>
/// <param name="Summaries">One for each repetition.</param>
internal sealed record SweepPoint(Scenario Scenario, IReadOnlyList<Setting> Settings, IReadOnlyList<Summary> Summaries)
{
    /// <summary>Figures of a sweep, in the order of its table.</summary>
    public static IReadOnlyList<(string Name, Func<Summary, double> Of)> Figures { get; } =
    [
        ("run_seconds", s => s.RunTime.TotalSeconds),
        ("charged_grc", s => s.Charged.Halfords / 1e8),
        ("used_vcore_seconds", s => s.UsedMicroseconds / 1e6),
        ("allocated_vcore_seconds", s => s.AllocatedMicroseconds / 1e6),
        ("wasted_vcore_seconds", s => s.WastedMicroseconds / 1e6),
        ("restricted_seconds", s => s.Restricted.TotalSeconds),
        ("frozen_seconds", s => s.Frozen.TotalSeconds),
    ];

    /// <summary>The estimate of a figure.</summary>
    public Estimate Estimate(Func<Summary, double> figure) => Sweeps.Estimate.Of([.. Summaries.Select(figure)]);

    /// <summary>How many repetitions went as expected.</summary>
    public int Right => Summaries.Count(s => s.IsRight);
}
