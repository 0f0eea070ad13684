using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Scaler.Core.Tests;

/// <summary>Property checks that try the same cases on every run.</summary>
internal static class Properties
{
    private const int Times = 300;

    private static readonly Config Seeded = Config.QuickThrowOnFailure
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20260101, 7), FSharpOption<int>.None)));

    /// <summary>Runs <paramref name="check"/>, which throws where the property does not hold, on many cases.</summary>
    /// <param name="cases">Where they come from.</param>
    /// <param name="check">Throws where the property does not hold.</param>
    /// <param name="times">How many; fewer where each takes long.</param>
    public static void Hold<T>(Gen<T> cases, Action<T> check, int times = Times) =>
        Check.One(Seeded.WithMaxTest(times), Prop.ForAll(cases.ToArbitrary(), check));

    /// <summary>Whole numbers, both ends included.</summary>
    public static Gen<int> Between(int least, int most) => Gen.Choose(least, most);
}
