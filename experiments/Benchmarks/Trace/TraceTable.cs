using System.Globalization;
using Traces.Replay;

namespace Benchmarks.Trace;

/// <summary>The results as a table for people, and as CSV.</summary>
internal static class TraceTable
{
    public const string CsvHeader =
        "policy,invocations,cold_starts,cold_share,cold_share_p75_of_functions,early_starts,container_seconds,held_gib_seconds,idle_gib_seconds,"
        + "used_vcore_seconds,cost_of_used_halfords,cost_of_allocated_halfords,idle_cost_halfords";

    private const long MicrosecondsPerSecond = 1_000_000;
    private const double BytesPerGib = 1L << 30;

    public static void Print(IReadOnlyList<PolicyResult> results)
    {
        Console.WriteLine();
        Console.WriteLine($"{"",-10} {"cold",11} {"of",7} {"p75 of",7} {"started",9} {"container-",12} {"GiB-s held",12} {"of that",12} {"vcore-s",12}  {"cost to users in GRC, billed by",-31} {"idle costs",12}");
        Console.WriteLine($"{"keep warm",-10} {"starts",11} {"all",7} {"funct.",7} {"ahead",9} {"seconds",12} {"by provider",12} {"idle",12} {"used",12}  {"used CPU",15} {"allocated CPU",15} {"provider, GRC",13}");
        foreach (var r in results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{r.Policy,-10} {r.Totals.ColdStarts,11} {r.ColdShare * 100,6:F2}% {r.ColdShareOfFunctions(75) * 100,6:F1}% {r.Totals.EarlyStarts,9} {r.Totals.Held / MicrosecondsPerSecond,12} ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{r.HeldByteSeconds / BytesPerGib,12:F0} {r.IdleByteSeconds / BytesPerGib,12:F0} {r.UsedMicroseconds / MicrosecondsPerSecond,12}  {r.CostOfUsed.ToWalletText(),15} {r.CostOfAllocated.ToWalletText(),15} {r.IdleCost.ToWalletText(),13}"));
        }

        Console.WriteLine("The provider's income is what the users pay; its idle memory costs it the last column.");
    }

    public static string Csv(PolicyResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Policy},{r.Totals.Tasks},{r.Totals.ColdStarts},{r.ColdShare:F6},{r.ColdShareOfFunctions(75):F6},{r.Totals.EarlyStarts},{Seconds(r.Totals.Held)},{r.HeldByteSeconds / BytesPerGib:F3},")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{r.IdleByteSeconds / BytesPerGib:F3},{Seconds(r.UsedMicroseconds)},{r.CostOfUsed.Halfords},{r.CostOfAllocated.Halfords},{r.IdleCost.Halfords}");

    private static string Seconds(long microseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{microseconds / MicrosecondsPerSecond}.{microseconds % MicrosecondsPerSecond:D6}");
}
