namespace Scaler.Core.Memory;

/// <summary>
/// Keeps the limit a headroom above what is resident: raised at once when that shrinks to a half or the kernel reports pressure,
/// lowered in small steps when the greatest use of the last minute or two lies well below.
/// </summary>
public sealed class TrackingMemoryPolicy : IMemoryPolicy
{
    /// <summary>The least headroom.</summary>
    private const long LeastHeadroom = 32L << 20;

    /// <summary>Use of the one before and of the present one count; so use counts as fallen after one to two of them.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60);

    /// <summary>Waiting for memory longer than this part of the time is pressure.</summary>
    private const int StalledPart = 100;

    /// <summary>Time from one lowering to the next.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "tracking";

    /// <inheritdoc/>
    public MemoryResult Decide(MemorySample sample, MemoryLimit limit, MemoryState? state)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(limit);
        var before = state as TrackingMemoryState ?? TrackingMemoryState.Start(sample);
        var next = before.Observe(sample, Span);
        var resident = sample.ResidentBytes;
        if (sample.PressureEvents > before.PressureEvents || IsStalled(before, sample))
        {
            // A whole headroom more, whatever was resident: the kernel holds back a container that it takes memory from.
            var wanted = Math.Max(resident, limit.Bytes) + Headroom(Math.Max(resident, limit.Bytes));
            return new MemoryResult(wanted, "memory pressure", next with { LoweredAt = sample.At + Span });
        }

        if (resident > limit.Bytes - (Headroom(resident) / 2))
        {
            return new MemoryResult(resident + Headroom(resident), "memory grows", next with { LoweredAt = sample.At });
        }

        var target = next.PeakBytes + Headroom(next.PeakBytes);
        var distance = limit.Bytes - target;
        return distance < Headroom(next.PeakBytes) / 4 || sample.At - next.StartedAt < Span || sample.At - next.LoweredAt < Step
            ? new MemoryResult(limit.Bytes, "", next)
            : new MemoryResult(limit.Bytes - Math.Max(distance / 8, MemoryPolicies.Grain), "memory fell", next with { LoweredAt = sample.At });
    }

    private static bool IsStalled(TrackingMemoryState before, MemorySample sample) =>
        (sample.StalledMicroseconds - before.StalledMicroseconds) * StalledPart > (sample.At - before.SampledAt).TotalMicroseconds;

    private static long Headroom(long bytes) => Math.Max(LeastHeadroom, bytes / 4);
}

/// <summary>What <see cref="TrackingMemoryPolicy"/> remembers of a container.</summary>
/// <param name="PressureEvents">The counter that it saw last.</param>
/// <param name="StalledMicroseconds">The time that it saw last.</param>
/// <param name="SampledAt">When it saw both.</param>
/// <param name="StartedAt">When it saw the container first.</param>
/// <param name="LoweredAt">When it lowered the limit last, or later where it must not soon.</param>
/// <param name="SpanAt">When the present span began.</param>
/// <param name="SpanPeak">Greatest use in it.</param>
/// <param name="LastPeak">Greatest use in the one before.</param>
internal sealed record TrackingMemoryState(
    long PressureEvents, long StalledMicroseconds, TimeSpan SampledAt, TimeSpan StartedAt, TimeSpan LoweredAt, TimeSpan SpanAt, long SpanPeak, long LastPeak) : MemoryState
{
    /// <summary>Greatest use lately.</summary>
    public long PeakBytes => Math.Max(SpanPeak, LastPeak);

    public static TrackingMemoryState Start(MemorySample sample) =>
        new(sample.PressureEvents, sample.StalledMicroseconds, sample.At, sample.At, sample.At, sample.At, 0, 0);

    /// <summary>Takes a sample in.</summary>
    public TrackingMemoryState Observe(MemorySample sample, TimeSpan span)
    {
        var seen = this with { PressureEvents = sample.PressureEvents, StalledMicroseconds = sample.StalledMicroseconds, SampledAt = sample.At };
        return sample.At - SpanAt < span
            ? seen with { SpanPeak = Math.Max(SpanPeak, sample.ResidentBytes) }
            : seen.Begin(sample, span);
    }

    private TrackingMemoryState Begin(MemorySample sample, TimeSpan span) => this with
    {
        SpanAt = sample.At,
        SpanPeak = sample.ResidentBytes,
        // Nothing is known of a time without samples.
        LastPeak = Math.Max(SpanPeak, sample.At - SpanAt < 2 * span ? 0 : sample.ResidentBytes),
    };
}
