using System.Diagnostics.Metrics;
using CreditManager.Core.Standings;
using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Standings;
using CreditManager.Storage;
using ServiceDefaults;
using ServiceDefaults.Metrics;

namespace CreditManager.Metrics;

/// <summary>How things are: standings, wallet, drift. Sums and counts only; no user is named.</summary>
internal sealed class StateMetrics
{
    private readonly CreditDatabase _database;
    private IReadOnlyDictionary<string, UserPosition> _positions = new Dictionary<string, UserPosition>();

    public StateMetrics(IMeterFactory factory, CreditDatabase database, CreditHealth health, Alarms alarms)
    {
        _database = database;
        var meter = factory.CreatePlatformMeter("CreditManager.State");
        meter.CreateObservableGauge("scp.users", CountStandings, "{user}", "Users by standing, as the last billing cycle decided.");
        meter.CreateObservableGauge("scp.unsettled", () => _positions.Values.Sum(p => CreditMetrics.InGrc(p.Unsettled)), "GRC", "Coins charged and not yet moved, of all users.");
        meter.CreateObservableGauge("scp.transfers.open", CountOpenTransfers, "{transfer}", "Transfers that are not confirmed, by purpose and state.");
        meter.CreateObservableGauge("scp.drift.accounts", () => _database.Read(db => db.ListHolds()).Count, "{account}", "Wallet accounts that differ from the ledger without an explanation.");
        meter.CreateObservableGauge(
            "scp.drift.held", () => _database.Read(db => db.ListHolds()).Sum(h => Math.Abs(CreditMetrics.InGrc(h.Difference))), "GRC", "Sum of these differences, each without its sign.");
        meter.CreateObservableGauge("scp.wallet.reachable", () => health.Wallet.Reachable ? 1 : 0, null, "1 where the last dealings with the wallet went through, else 0.");
        meter.CreateObservableGauge("scp.scalers.unreachable", () => health.Cycle.UnreachableScalers.Count, "{scaler}", "Scalers that did not answer in the last billing cycle.");
        meter.CreateObservableGauge("scp.billing.last_cycle_time", () => Seconds(health.Cycle.At), "s", "When billing last ran to its end, since 1970; absent before the first time.");
        meter.CreateObservableGauge("scp.alarms", () => alarms.All.Count, "{alarm}", "Alarms that want a person.");
    }

    /// <summary>How all users stand now.</summary>
    public void Look(IReadOnlyDictionary<string, UserPosition> positions) => Volatile.Write(ref _positions, positions);

    private static IEnumerable<Measurement<double>> Seconds(DateTimeOffset? at) =>
        at is { } time ? [new((time - DateTimeOffset.UnixEpoch).TotalSeconds)] : [];

    private IEnumerable<Measurement<int>> CountStandings()
    {
        var counts = Volatile.Read(ref _positions).Values.CountBy(p => p.Decision.Standing).ToDictionary();
        return Enum.GetValues<CreditStanding>().Select(s => new Measurement<int>(
            counts.GetValueOrDefault(s), new KeyValuePair<string, object?>("standing", KeyText.Of(s.ToString()))));
    }

    private IEnumerable<Measurement<int>> CountOpenTransfers()
    {
        var open = _database.Read(db => db.ListOpenTransfers());
        return from purpose in Enum.GetValues<TransferPurpose>()
               from state in new[] { TransferState.Planned, TransferState.Sent }
               select new Measurement<int>(
                   open.Count(t => t.Purpose == purpose && t.State == state),
                   new("purpose", KeyText.Of(purpose.ToString())),
                   new("state", KeyText.Of(state.ToString())));
    }
}
