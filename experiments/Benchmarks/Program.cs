using System.CommandLine;
using Benchmarks.Billing;
using Benchmarks.Chaos;
using Benchmarks.Dispatch;
using Benchmarks.Scaling;
using Benchmarks.Settle;
using Benchmarks.Soak;
using Benchmarks.Trace;
using Benchmarks.Workloads;

const int WrongArguments = 2;

// Each benchmark is a command; the last line that it prints is one JSON object with its figures.
var root = new RootCommand("Benchmarks of the platform's own code. Run them by experiments/bench.sh NAME.")
{
    BillingBenchmark.Command(),
    ChaosBenchmark.Command(),
    DispatchBenchmark.Command(),
    ScalingBenchmark.Command(),
    LoadWorker.Command(),
    SettleBenchmark.Command(),
    SoakBenchmark.Command(),
    TraceBenchmark.Command(),
    WorkloadsBenchmark.Command(),
};
var parsed = root.Parse(args);
// Who is interrupted still ends the platform that it started: containers, cgroups, files.
var status = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
return parsed.Errors.Count > 0 ? WrongArguments : status;
