using System.Globalization;
using CreditManager.Contracts;
using Testing;

namespace PlatformHarness;

/// <summary>What was billed, held against what the kernel counted.</summary>
/// <param name="KernelMicroseconds">CPU time of all containers by the kernel's counters.</param>
/// <param name="BilledMicroseconds">CPU time that somebody was billed for.</param>
/// <param name="LostMicroseconds">Counted by the kernel and billed to nobody.</param>
/// <param name="DoubleMicroseconds">Billed, and not counted by the kernel.</param>
/// <param name="Details">Each container that is not billed as counted.</param>
internal sealed record UsageAudit(long KernelMicroseconds, long BilledMicroseconds, long LostMicroseconds, long DoubleMicroseconds, string Details)
{
    private const long Block = 5_000_000;

    public bool IsClean => this is { LostMicroseconds: 0, DoubleMicroseconds: 0 };

    /// <summary>Compares, container by container.</summary>
    /// <param name="kernel">CPU time in microseconds by container.</param>
    /// <param name="billed">The same, as billed.</param>
    public static UsageAudit Of(IReadOnlyDictionary<string, long> kernel, IReadOnlyDictionary<string, long> billed)
    {
        var wrong = kernel.Keys.Union(billed.Keys).Order(StringComparer.Ordinal)
            .Select(c => (Container: c, Kernel: kernel.GetValueOrDefault(c), Billed: billed.GetValueOrDefault(c))).Where(c => c.Kernel != c.Billed).ToList();
        return new UsageAudit(
            kernel.Values.Sum(),
            billed.Values.Sum(),
            wrong.Sum(c => Math.Max(0, c.Kernel - c.Billed)),
            wrong.Sum(c => Math.Max(0, c.Billed - c.Kernel)),
            string.Join("; ", wrong.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Container}: {c.Kernel} us counted, {c.Billed} us billed"))));
    }

    /// <summary>Stops the containers, waits until all that they used is billed and all that fills a block is settled, and compares.</summary>
    /// <exception cref="TimeoutException">It does not come to that.</exception>
    public static async Task<UsageAudit> CloseAsync(
        Platform platform, KernelWitness witness, IReadOnlyCollection<string> users, IEnumerable<FunctionBucket> buckets, TimeSpan patience)
    {
        foreach (var bucket in buckets)
        {
            await platform.Manager.StopContainerAsync(bucket.Function);
        }

        await Eventually.HoldsAsync(async () => (await platform.ScalerApi.GetUsageAsync()).Count == 0, patience, "every reading is billed");
        await Eventually.HoldsAsync(async () => (await BillsAsync(platform, users)).All(b => b.Final), patience, "every bill is final");
        await Eventually.HoldsAsync(() => IsSettledAsync(platform, users), patience, "everything is settled");
        var bills = (await BillsAsync(platform, users)).ToDictionary(b => b.ContainerId, b => b.BilledMicroseconds, StringComparer.Ordinal);
        return Of(witness.Read(), bills);
    }

    private static async Task<IReadOnlyList<ContainerBill>> BillsAsync(Platform platform, IEnumerable<string> users) =>
        [.. (await Task.WhenAll(users.Select(u => platform.Credit.ListBillsAsync(u)))).SelectMany(b => b)];

    private static async Task<bool> IsSettledAsync(Platform platform, IReadOnlyCollection<string> users) =>
        (await platform.Credit.ListStandingsAsync()).Where(s => users.Contains(s.User)).All(s => s.UnsettledHalfords < Block)
        && (await platform.Credit.GetStatusAsync()).OpenSettlements == 0;
}
