using System.Diagnostics.Metrics;
using ContainerManager.Core.Tasks;
using ContainerManager.Functions;
using ServiceDefaults;
using ServiceDefaults.Metrics;

namespace ContainerManager.Metrics;

/// <summary>What the ContainerManager counts.</summary>
internal sealed class ManagerMetrics
{
    private readonly Counter<long> _tasks;
    private readonly Histogram<double> _attempts;
    private readonly Histogram<double> _starts;
    private readonly Counter<long> _stops;
    private readonly Histogram<double> _storeCalls;

    public ManagerMetrics(IMeterFactory factory, FunctionDirectory functions)
    {
        var meter = factory.CreatePlatformMeter("ContainerManager");
        _tasks = meter.CreateCounter<long>("scp.tasks", "{task}", "Tasks that have come to their end, by outcome.");
        _attempts = meter.CreateHistogram(
            "scp.attempt.duration", "s", "Time from an attempt's start to its end, by how it ended.", [], PlatformMeters.WorkSeconds);
        _starts = meter.CreateHistogram(
            "scp.container.start.duration", "s", "Time that starting a container took, by result.", [], PlatformMeters.CallSeconds);
        _stops = meter.CreateCounter<long>("scp.container.stops", "{container}", "Containers that were stopped, by result.");
        _storeCalls = meter.CreateHistogram(
            "scp.store.call.duration", "s", "Time that a call of the object store took, by operation and result.", [], PlatformMeters.CallSeconds);
        meter.CreateObservableGauge("scp.tasks.waiting", () => Observe(functions, f => f.Queue.Waiting), "{task}", "Tasks that wait, by function.");
        meter.CreateObservableGauge("scp.tasks.running", () => Observe(functions, f => f.Running.Count), "{task}", "Tasks that run, by function.");
        meter.CreateObservableGauge("scp.functions.troubled", () => functions.All.Count(f => f.Problems.All.Count > 0), "{function}", "Functions with something that their owner or the operator has to mend.");
    }

    public void TaskEnded(string function, TaskState state) => _tasks.Add(1, new("function", function), new("outcome", KeyText.Of(state.ToString())));

    public void AttemptEnded(AttemptEnding ending, TimeSpan duration) =>
        _attempts.Record(Math.Max(0, duration.TotalSeconds), new KeyValuePair<string, object?>("ending", KeyText.Of(ending.ToString())));

    public void ContainerStarted(TimeSpan duration, string result) =>
        _starts.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("result", result));

    public void ContainerStopped(string result) => _stops.Add(1, new KeyValuePair<string, object?>("result", result));

    public void StoreCalled(string operation, TimeSpan duration, string result) =>
        _storeCalls.Record(duration.TotalSeconds, new("operation", operation), new("result", result));

    private static IEnumerable<Measurement<long>> Observe(FunctionDirectory functions, Func<FunctionContext, long> figure) =>
        functions.All.Select(f => new Measurement<long>(figure(f), new KeyValuePair<string, object?>("function", f.Name)));
}
