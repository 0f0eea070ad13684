using System.Globalization;
using CreditManager.Contracts;
using CreditManager.Core.Metering;
using Experiments.Core.Scenarios;
using PlatformHarness;
using Testing;

namespace Experiments.Live;

/// <summary>Sets a scenario's users and functions up on a real platform, and makes its task files.</summary>
internal static class LiveFunctions
{
    // The task file says hundredths of a core and microseconds. A part of a core computes for that part of each 20 ms; bash waits on a pipe
    // that never says anything.
    private const string Script = """
        read -r shares length <"$1"
        end=$((${EPOCHREALTIME/./} + length))
        mkfifo quiet && exec 9<>quiet
        busy() {
            local slice=$(($1 * 200)) until
            while ((${EPOCHREALTIME/./} < end)); do
                until=$((${EPOCHREALTIME/./} + slice))
                while ((${EPOCHREALTIME/./} < until && ${EPOCHREALTIME/./} < end)); do :; done
                (($1 == 100)) || read -r -t "$(printf '0.%06d' $((20000 - slice)))" -u 9
            done
        }
        while ((shares > 0)); do
            busy $((shares < 100 ? shares : 100)) &
            shares=$((shares - 100))
        done
        wait
        """;

    /// <summary>Registers everybody and everything.</summary>
    public static async Task<IReadOnlyDictionary<string, FunctionBucket>> AddAsync(Platform platform, Scenario scenario, LiveScale scale)
    {
        foreach (var user in scenario.Users)
        {
            await platform.SetUserAsync(Settings(user), user.Name);
        }

        var image = await TestImages.WithBashAsync();
        var buckets = new Dictionary<string, FunctionBucket>(StringComparer.Ordinal);
        foreach (var function in scenario.Functions)
        {
            var bucket = await platform.AddFunctionAsync(function.Name, Script, image, function.User, scale.ToMachine(function.Bounds.MaxShares));
            bucket.Drop("utils/function.yaml", Yaml(scenario, function, scale));
            buckets.Add(function.Name, bucket);
        }

        return buckets;
    }

    /// <summary>
    /// Has a stranger's container come and go, so that the image is at hand and the services are warm: what happens once in a platform's life is no
    /// part of an experiment.
    /// </summary>
    public static async Task WarmUpAsync(Platform platform)
    {
        await platform.PayInAsync(1);
        var bucket = await platform.AddFunctionAsync("warm-up", "exit 0\n", await TestImages.WithBashAsync());
        bucket.Drop("input/task", "");
        await bucket.EndedAsync("task");
        await platform.Manager.RemoveFunctionAsync("warm-up");
        await Eventually.HoldsAsync(async () => (await platform.ScalerApi.GetUsageAsync()).Count == 0, what: "the warm-up is billed");
    }

    /// <summary>What a task file says.</summary>
    public static string Content(ScenarioTask task, LiveScale scale) => string.Create(
        CultureInfo.InvariantCulture, $"{task.Cores * 100 / scale.Width} {(long)scale.ToMachine(task.Length).TotalMicroseconds}\n");

    private static UserSettings Settings(ScenarioUser user) => new(
        user.Terms.Conservative ? SpendingPolicy.Conservative : SpendingPolicy.Greedy,
        user.Terms.MinBalance.Halfords,
        user.Terms.MaxDebt.Halfords,
        Billing: user.Basis == MeterBasis.Used ? BillingBasis.Used : BillingBasis.Allocated);

    private static string Yaml(Scenario scenario, ScenarioFunction function, LiveScale scale)
    {
        var bounds = scale.ToMachine(function.Bounds);
        return string.Create(CultureInfo.InvariantCulture, $"""
            policy: {scenario.Policy}
            min_shares: {bounds.MinShares}
            max_shares: {bounds.MaxShares}
            boundary_shares: {bounds.BoundaryShares}
            step_shares: {bounds.StepShares}
            slots: {function.Slots}
            max_attempts: {Math.Min(100, function.MaxAttempts)}
            idle_timeout: {(long)scale.ToMachine(function.IdleTimeout).TotalMilliseconds}ms

            """);
    }
}
