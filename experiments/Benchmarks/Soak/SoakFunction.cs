using PlatformHarness;

namespace Benchmarks.Soak;

/// <summary>A function of the soak.</summary>
/// <param name="Name">Its name and its bucket's.</param>
/// <param name="User">Its owner.</param>
/// <param name="Slots">Tasks at a time.</param>
/// <param name="IdleTimeout">As in <c>function.yaml</c>.</param>
/// <param name="Clients">How many drop tasks into it; as many tasks are in it at most.</param>
/// <param name="LeastPause">Between two tasks of a client.</param>
internal sealed record SoakFunction(string Name, string User, int Slots, string IdleTimeout, int Clients, TimeSpan LeastPause)
{
    // Attempts count that fail because their runner is killed; no task has so much bad luck as to be killed so often.
    private const int MaxAttempts = 6;

    /// <summary>Three users' functions; the containers of the last one come and go all the time.</summary>
    public static IReadOnlyList<SoakFunction> All { get; } =
    [
        new("soak-a", Platform.User, 2, "1h", 4, TimeSpan.FromMilliseconds(200)),
        new("soak-b", "user1", 1, "1h", 2, TimeSpan.FromMilliseconds(200)),
        new("soak-c", "user1", 2, "1h", 4, TimeSpan.FromMilliseconds(200)),
        new("soak-d", "user2", 1, "1s", 1, TimeSpan.FromSeconds(2)),
    ];

    public static IReadOnlyList<string> Users { get; } = [.. All.Select(f => f.User).Distinct(StringComparer.Ordinal)];

    public async Task<FunctionBucket> AddAsync(Platform platform, string image)
    {
        var bucket = await platform.AddFunctionAsync(Name, SoakScript.Text, image, User, maxShares: 100);
        bucket.Drop("utils/function.yaml", $"idle_timeout: {IdleTimeout}\nslots: {Slots}\nmax_attempts: {MaxAttempts}\nmemory: 128MiB\n");
        return bucket;
    }
}
