namespace Benchmarks.Scaling;

/// <summary>What is compared.</summary>
internal static class Policies
{
    public const string Tracking = "tracking";
    public const string Rules = "rules";
    public const string Fixed = "fixed";

    /// <summary>No Scaler and no limit.</summary>
    public const string Unlimited = "unlimited";

    /// <summary>In the order in which they are run, load by load.</summary>
    public static readonly IReadOnlyList<string> All = [Unlimited, Tracking, Rules, Fixed];

    /// <summary>
    /// The limit before the load: `tracking` begins where it leaves an idle container; `rules` never lowers an idle one, half a core is a
    /// kind choice; `fixed` has its maximum.
    /// </summary>
    public static int StartShares(string policy) => policy switch
    {
        Tracking => 10,
        Rules => 50,
        _ => LoadRun.NodeShares,
    };
}
