using Scaler.Core.Memory;

namespace Scaler.Core.Tests;

/// <summary>A container's memory under a policy, looked at once a second.</summary>
internal sealed class MemoryCourse
{
    private const long MiB = 1L << 20;

    private readonly IMemoryPolicy _policy;
    private MemoryLimit _limit;
    private MemoryState? _state;
    private TimeSpan _at;
    private long _pressure;
    private long _stalled;

    private MemoryCourse(IMemoryPolicy policy, MemoryLimit limit) => (_policy, _limit) = (policy, limit);

    public long LimitMiB => _limit.Bytes / MiB;

    /// <summary>Of the last change.</summary>
    public string Reason { get; private set; } = "";

    public int ChangesOfLastHold { get; private set; }

    public long LargestStepDownMiB { get; private set; }

    public static MemoryCourse Start(string? policy, long maxMiB, long limitMiB) =>
        new(MemoryPolicies.Of(policy), new MemoryLimit(0, maxMiB * MiB, limitMiB * MiB));

    /// <summary>The kernel reports pressure.</summary>
    public void Press() => _pressure++;

    /// <summary>Its processes wait for memory for so long.</summary>
    public void Stall(TimeSpan time) => _stalled += (long)time.TotalMicroseconds;

    /// <summary>So much is resident for so long.</summary>
    public MemoryCourse Hold(long residentMiB, int seconds)
    {
        ChangesOfLastHold = 0;
        for (var i = 0; i < seconds; i++)
        {
            var result = MemoryPolicies.Decide(_policy, new MemorySample(_at, residentMiB * MiB, _pressure, _stalled), _limit, _state);
            if (result.LimitBytes != _limit.Bytes)
            {
                (Reason, ChangesOfLastHold) = (result.Reason, ChangesOfLastHold + 1);
                LargestStepDownMiB = Math.Max(LargestStepDownMiB, (_limit.Bytes - result.LimitBytes) / MiB);
            }

            Assert.Equal(result.LimitBytes == _limit.Bytes, result.Reason.Length == 0);
            (_state, _limit, _at) = (result.State, _limit with { Bytes = result.LimitBytes }, _at + TimeSpan.FromSeconds(1));
        }

        return this;
    }
}
