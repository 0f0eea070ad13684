using PlatformHarness;

namespace Benchmarks.Settle;

/// <summary>How much was settled in a time, and by how many calls of the wallet.</summary>
internal sealed record SettlePhase(int Settlements, TimeSpan Time, long Calls)
{
    private const int Decimals = 2;

    public decimal PerSecond => Math.Round(Settlements / (decimal)Time.TotalSeconds, Decimals);

    public decimal CallsPerSettlement => Settlements == 0 ? 0 : Math.Round((decimal)Calls / Settlements, Decimals);

    /// <summary>Watches while <paramref name="during"/> runs.</summary>
    public static async Task<SettlePhase> MeasureAsync(MoneyServices services, Func<Task> during)
    {
        var before = await CountAsync(services);
        await services.Wallet.TakeCallsAsync();
        var start = TimeProvider.System.GetTimestamp();
        await during();
        var (time, calls) = (TimeProvider.System.GetElapsedTime(start), await services.Wallet.TakeCallsAsync());
        return new SettlePhase(await CountAsync(services) - before, time, calls);
    }

    private static async Task<int> CountAsync(MoneyServices services) =>
        (await MoneyAudit.ReadLedgerAsync(services.Credit)).Count(e => e.Kind == "settlement");
}
