using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

/// <summary>Properties are checked on the same cases in every run.</summary>
internal static class Seeded
{
    private const ulong Seed = 20140523;
    private const ulong Gamma = 314159;

    public static Config Config { get; } = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(Seed, Gamma);

    /// <summary>Evenly spread, both ends included.</summary>
    public static Gen<long> Between(long least, long most) =>
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        select least + (long)((((UInt128)high << 31) + (UInt128)low) % (UInt128)(most - least + 1));
}
