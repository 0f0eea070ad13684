using System.Diagnostics.Metrics;
using ServiceDefaults.Metrics;

namespace Scaler.Metrics;

/// <summary>What the Scaler counts while it works.</summary>
internal sealed class ScalerMetrics
{
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _cycles;
    private readonly TimeProvider _time;

    public ScalerMetrics(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        var meter = factory.CreatePlatformMeter("Scaler");
        _decisions = meter.CreateCounter<long>("scp.scaler.decisions", "{decision}", "Changes of the wanted limit, by the kind of their reason.");
        _cycles = meter.CreateHistogram("scp.scaler.cycle.duration", "s", "Time that one look at all containers took.", [], PlatformMeters.CallSeconds);
    }

    /// <summary>A limit was decided upon.</summary>
    public void Decided(string reason) => _decisions.Add(1, new KeyValuePair<string, object?>("reason", ReasonKind.Of(reason)));

    /// <summary>A cycle ended that began at this timestamp.</summary>
    public void CycleEnded(long startedAt) => _cycles.Record(_time.GetElapsedTime(startedAt).TotalSeconds);
}
