using ServiceDefaults.Client;

namespace CreditManager.Billing;

/// <summary>Reads every Scaler at the same time, so that one that hangs does not hold the others up.</summary>
internal sealed class UsageCollector(IReadOnlyList<ScalerConnection> scalers)
{
    public async Task<UsageSnapshot> CollectAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(scalers.Select(s => ReadAsync(s, cancellationToken)));
        return new UsageSnapshot(
            [.. answers.SelectMany(a => a.Readings)],
            [.. answers.SelectMany(a => a.Unreachable)]);
    }

    private static async Task<UsageSnapshot> ReadAsync(ScalerConnection scaler, CancellationToken cancellationToken)
    {
        try
        {
            var readings = await scaler.Api.GetUsageAsync(cancellationToken);
            return new UsageSnapshot([.. readings.Select(r => new NodeReading(scaler, r))], []);
        }
        catch (ApiException e)
        {
            return new UsageSnapshot([], [$"{scaler.Name}: {e.Message}"]);
        }
    }
}
