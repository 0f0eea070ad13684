using System.Collections.Immutable;

namespace Scaler.Core.Policies;

/// <summary>Demand measured lately, oldest first.</summary>
internal sealed record DemandHistory(ImmutableArray<Demand> Demands)
{
    /// <summary>Kept for so long: pauses longer than this are not remembered.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(8);

    /// <summary>Nothing measured.</summary>
    public static DemandHistory Empty { get; } = new([]);

    /// <summary>Adds what was measured, or only inferred from being held back.</summary>
    public DemandHistory Add(double shares, bool isInferred, TimeSpan now)
    {
        var old = 0;
        while (old < Demands.Length && Demands[old].At <= now - Length)
        {
            old++;
        }

        return new DemandHistory([.. Demands.AsSpan()[old..], new Demand(now, shares, isInferred)]);
    }

    /// <summary>The greatest demand of the last while.</summary>
    /// <param name="window">How far back what was measured counts.</param>
    /// <param name="inferredWindow">How far back what was only inferred counts.</param>
    /// <param name="now">The end.</param>
    public double Peak(TimeSpan window, TimeSpan inferredWindow, TimeSpan now)
    {
        var peak = 0.0;
        for (var i = Demands.Length - 1; i >= 0 && Demands[i].At > now - window; i--)
        {
            peak = Demands[i].IsInferred && Demands[i].At <= now - inferredWindow ? peak : Math.Max(peak, Demands[i].Shares);
        }

        return peak;
    }

    /// <summary>The least demand after a moment; beyond all bounds where there is none.</summary>
    public double LowestAfter(TimeSpan start)
    {
        var lowest = double.MaxValue;
        for (var i = Demands.Length - 1; i >= 0 && Demands[i].At > start; i--)
        {
            lowest = Math.Min(lowest, Demands[i].Shares);
        }

        return lowest;
    }

    /// <summary>When demand was last at least so great; null for not lately.</summary>
    public TimeSpan? LastAtLeast(double shares)
    {
        for (var i = Demands.Length - 1; i >= 0; i--)
        {
            if (Demands[i].Shares >= shares)
            {
                return Demands[i].At;
            }
        }

        return null;
    }
}

/// <summary>What a container would have used, had it not been limited, in the time before <paramref name="At"/>.</summary>
internal readonly record struct Demand(TimeSpan At, double Shares, bool IsInferred);
