using CreditManager.Core.Money;

namespace Traces.Replay;

/// <summary>Adds up what one policy did to all functions, and what that costs.</summary>
internal sealed class PolicyAccount(string policy, ReplaySettings settings)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly Dictionary<string, (long Used, long Allocated)> _byOwner = new(StringComparer.Ordinal);
    private readonly List<double> _coldShares = [];
    private PoolTotals _totals;
    private Int128 _heldByteMicroseconds;
    private Int128 _idleByteMicroseconds;

    public void Add(string owner, long memoryBytes, PoolTotals totals)
    {
        _totals += totals;
        _heldByteMicroseconds += (Int128)totals.Held * memoryBytes;
        _idleByteMicroseconds += (Int128)totals.Idle * memoryBytes;
        var before = _byOwner.GetValueOrDefault(owner);
        // One core is allocated to every container that is up, whether or not it uses it.
        _byOwner[owner] = (before.Used + Used(totals), before.Allocated + totals.Held);
        if (totals.Tasks > 0)
        {
            _coldShares.Add((double)totals.ColdStarts / totals.Tasks);
        }
    }

    public PolicyResult Close()
    {
        _coldShares.Sort();
        return new PolicyResult(
            policy,
            _totals,
            _coldShares,
            _byOwner.Count,
            Used(_totals),
            ByteSeconds(_heldByteMicroseconds),
            ByteSeconds(_idleByteMicroseconds),
            Price(o => o.Used),
            Price(o => o.Allocated),
            Pricing.OfMemory(ByteSeconds(_idleByteMicroseconds), settings.GibSecondsPerGrc));
    }

    private static long ByteSeconds(Int128 byteMicroseconds) => checked((long)(byteMicroseconds / MicrosecondsPerSecond));

    private long Used(PoolTotals totals) => (totals.Running / 100 * settings.BusyPercent) + (totals.Starts * settings.StartCpuMicroseconds);

    // Every owner's counter is priced by itself, as the platform does it.
    private GrcAmount Price(Func<(long Used, long Allocated), long> microseconds) =>
        _byOwner.Values.Aggregate(GrcAmount.Zero, (sum, owner) => sum + Pricing.Of(microseconds(owner), settings.VcoreSecondsPerGrc));
}
