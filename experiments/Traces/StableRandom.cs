namespace Traces;

/// <summary>
/// Random numbers that are the same on every machine and runtime for the same seed: whole numbers and exactly rounded arithmetic only.
/// The generator is SplitMix64.
/// </summary>
internal sealed class StableRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>0 to just below 1.</summary>
    public double Part() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>A generator of its own for what has this name, so that its draws depend on nothing else.</summary>
    public static StableRandom For(ulong seed, string name)
    {
        var hash = 0xCBF29CE484222325 ^ seed;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return new StableRandom(hash);
    }
}
