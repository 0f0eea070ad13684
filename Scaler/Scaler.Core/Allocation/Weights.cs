namespace Scaler.Core.Allocation;

/// <summary>Weights by which a contended node is divided: twice the weight, twice the part.</summary>
public static class Weights
{
    /// <summary>The weight of who did not say.</summary>
    public const int Default = 100;

    /// <summary>The least weight.</summary>
    public const int Least = 1;

    /// <summary>The greatest weight.</summary>
    public const int Most = 10_000;
}
