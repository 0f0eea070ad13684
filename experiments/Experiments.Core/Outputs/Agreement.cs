using System.Globalization;
using CreditManager.Core.Ledger;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Outputs;

/// <summary>How far a live course and the simulation of the same scenario differ.</summary>
/// <param name="Tasks">Tasks that succeeded in both.</param>
/// <param name="TaskTimes">Of those, the median difference of their run times, relative to the simulated ones.</param>
/// <param name="Worst">The largest one.</param>
/// <param name="Billed">Difference of all charges; null where one of them has none.</param>
internal sealed record Agreement(int Tasks, double TaskTimes, double Worst, double? Billed)
{
    public const double TaskTimesWanted = 0.10;
    public const double BilledWanted = 0.03;

    /// <summary>Compares.</summary>
    public static Agreement Of(Scenario scenario, Course live, Course simulated)
    {
        var expected = Times(simulated);
        var differences = Times(live).Where(t => expected.ContainsKey(t.Key)).Select(t => Math.Abs(t.Value / expected[t.Key] - 1)).Order().ToList();
        var (charged, simulatedCharges) = (Charged(scenario, live), Charged(scenario, simulated));
        return new Agreement(
            differences.Count,
            differences.Count == 0 ? 0 : differences[differences.Count / 2],
            differences.Count == 0 ? 0 : differences[^1],
            charged == 0 || simulatedCharges == 0 ? null : (double)charged / simulatedCharges - 1);
    }

    /// <summary>Whether they agree as well as they should.</summary>
    public bool IsGood => Tasks > 0 && Worst <= TaskTimesWanted && !(Math.Abs(Billed ?? 0) > BilledWanted);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"live and simulated differ by {TaskTimes:P1} in the run time of a task (median of {Tasks}; at most {Worst:P1}) and by {(Billed is { } billed ? billed.ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture) : "nothing that is known")} in what was billed; wanted: {TaskTimesWanted:P0} and {BilledWanted:P0}");

    // Others may have been on the real platform before, to warm it up.
    private static long Charged(Scenario scenario, Course course) => course.Ledger
        .Where(e => e.Draft.Kind == LedgerKinds.Charge && scenario.Users.Any(u => e.Draft.Debit == LedgerAccounts.Owed(u.Name)))
        .Sum(e => e.Draft.Amount.Halfords);

    private static Dictionary<string, double> Times(Course course) => course.Attempts.Where(a => a.Ending == "succeeded")
        .GroupBy(a => a.Task).ToDictionary(g => g.Key, g => Math.Max(1e-9, (g.Last().EndedAt - g.Last().StartedAt).TotalSeconds), StringComparer.Ordinal);
}
