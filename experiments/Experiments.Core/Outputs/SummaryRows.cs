using System.Globalization;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Outputs;

/// <summary>The summary as rows for people.</summary>
internal static class SummaryRows
{
    public static IEnumerable<(string Name, string Value)> Of(Scenario scenario, Course course, Summary summary)
    {
        yield return ("tasks done", $"{summary.Finished} of {summary.Tasks}");
        yield return ("from the first drop to the last task's end", Seconds(summary.RunTime));
        yield return ("CPU used", VcoreSeconds(summary.UsedMicroseconds));
        yield return ("CPU that the limits allowed", VcoreSeconds(summary.AllocatedMicroseconds));
        yield return ("used of what was allowed", string.Create(CultureInfo.InvariantCulture, $"{100 * summary.Utilisation:0.0} %"));
        yield return ("CPU of attempts that came to nothing", VcoreSeconds(summary.WastedMicroseconds));
        yield return ("containers", summary.Containers.ToString(CultureInfo.InvariantCulture));
        yield return ("restricted", Seconds(summary.Restricted));
        yield return ("frozen", Seconds(summary.Frozen));
        if (scenario.Billing)
        {
            yield return ("charged", $"{summary.Charged} GRC");
            yield return ("settled", $"{summary.Settled} GRC");
            foreach (var user in scenario.Users)
            {
                yield return ($"balance of {user.Name} at the end", $"{course.AccountAt(user.Name, course.End)?.Balance} GRC");
            }

            yield return ("ledger", summary.LedgerFault ?? string.Create(CultureInfo.InvariantCulture, $"{course.Ledger.Count} entries, verifies"));
        }
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string VcoreSeconds(long microseconds) => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000m:0.0} vcore-seconds");
}
