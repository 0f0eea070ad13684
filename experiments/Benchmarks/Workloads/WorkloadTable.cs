using System.Globalization;

namespace Benchmarks.Workloads;

/// <summary>The comparison for people.</summary>
internal static class WorkloadTable
{
    private const double HalfordsPerGrc = 1e8;

    public static void Print(IReadOnlyList<WorkloadSummary> summaries)
    {
        Console.WriteLine("Medians of the tasks; overheads are medians of each task against the same task in the other mode.");
        Console.WriteLine($"{"",-10} {"",-19} {"",5} {"run time",9} {"used",9} {"used of",8} {"cost",11} {"against",8} {"against",8} {"published platform:",19}");
        Console.WriteLine($"{"workload",-10} {"mode",-19} {"tasks",5} {"s",9} {"vcore-s",9} {"limit",8} {"GRC",11} {"fixed",8} {"bare",8} {"scaling on to off",19}");
        foreach (var s in summaries)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{s.Workload,-10} {s.Mode,-19} {s.Tasks,5} {s.RunSeconds,9:F2} {s.UsedVcoreSeconds,9:F2} {Text(s.Utilisation, "F3"),8} {Text(s.CostHalfords / HalfordsPerGrc, "F8"),11} ")
                + $"{Percent(s.OverheadVsFixed),8} {Percent(s.OverheadVsBare),8} {Percent(s.PublishedOverhead),19}");
        }
    }

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Percent(double? part) => part is null ? "-" : (part.Value * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";
}
