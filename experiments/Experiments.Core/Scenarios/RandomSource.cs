namespace Experiments.Core.Scenarios;

/// <summary>Random numbers that are the same for the same seed on every machine and version of the framework (SplitMix64).</summary>
internal sealed class RandomSource(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>At least 0, less than 1, in steps of 2^-53.</summary>
    public double NextShare()
    {
        unchecked
        {
            var mixed = _state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
