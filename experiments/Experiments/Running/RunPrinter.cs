using System.Globalization;

namespace Experiments.Running;

/// <summary>Prints results for people.</summary>
internal static class RunPrinter
{
    public static void Print(TextWriter screen, RunResult result)
    {
        var (scenario, summary) = (result.Scenario, result.Summary);
        screen.WriteLine($"{scenario.RunName}: {scenario.Title}");
        foreach (var (expected, found) in summary.Findings)
        {
            screen.WriteLine($"  {Word(found.Holds)}  {expected.Sentence}: {found.Seen}");
        }

        screen.WriteLine($"  {Word(summary.LedgerFault is null)}  the ledger verifies: {summary.LedgerFault ?? string.Create(CultureInfo.InvariantCulture, $"{result.Course.Ledger.Count} entries")}");
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {summary.Finished} of {summary.Tasks} tasks in {summary.RunTime.TotalSeconds:0.0} s; {summary.UsedMicroseconds / 1e6:0.0} vcore-seconds used, {summary.Utilisation:P1} of the limits; {summary.Charged} GRC charged, {summary.Settled} settled"));
        if (result.Agreement is { } agreement)
        {
            screen.WriteLine($"  {Word(agreement.IsGood)}  {agreement}");
        }

        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {(summary.Interrupted ? "interrupted after" : "replayed")} {summary.End.TotalSeconds:0} s in {result.WallText}"));
        screen.WriteLine();
    }

    private static string Word(bool holds) => holds ? "right" : "wrong";
}
