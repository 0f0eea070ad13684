using System.Diagnostics.Metrics;
using CreditManager.Core.Money;
using CreditManager.Core.Transfers;
using ServiceDefaults;
using ServiceDefaults.Metrics;

namespace CreditManager.Metrics;

/// <summary>What the CreditManager counts while it works; amounts are for graphs, the ledger has the exact ones.</summary>
internal sealed class CreditMetrics
{
    private const double Microsecond = 1e-6;

    private readonly Counter<double> _billed;
    private readonly Counter<long> _charges;
    private readonly Counter<double> _charged;
    private readonly Counter<long> _transfers;
    private readonly Counter<double> _moved;
    private readonly Histogram<double> _walletCalls;
    private readonly Histogram<double> _cycles;

    public CreditMetrics(IMeterFactory factory)
    {
        var meter = factory.CreatePlatformMeter("CreditManager");
        _billed = meter.CreateCounter<double>("scp.billed.cpu.time", "s", "CPU time that was billed.");
        _charges = meter.CreateCounter<long>("scp.charges", "{charge}", "Charges booked.");
        _charged = meter.CreateCounter<double>("scp.charged", "GRC", "Coins charged for usage.");
        _transfers = meter.CreateCounter<long>("scp.transfers", "{transfer}", "Steps of wallet transfers, by purpose and the state that was reached.");
        _moved = meter.CreateCounter<double>("scp.transferred", "GRC", "Coins that confirmed transfers moved, by purpose.");
        _walletCalls = meter.CreateHistogram("scp.wallet.call.duration", "s", "Time that a call of the wallet took, by method and result.", [], PlatformMeters.CallSeconds);
        _cycles = meter.CreateHistogram("scp.cycle.duration", "s", "Time that a cycle took, by cycle and result.", [], PlatformMeters.CallSeconds);
    }

    /// <summary>One transaction of charges is stored.</summary>
    public void Billed(long microseconds, int charges, IEnumerable<GrcAmount> amounts)
    {
        _billed.Add(microseconds * Microsecond);
        _charges.Add(charges);
        _charged.Add(amounts.Sum(InGrc));
    }

    /// <summary>A transfer's new state is stored.</summary>
    public void Moved(Transfer transfer)
    {
        var purpose = new KeyValuePair<string, object?>("purpose", KeyText.Of(transfer.Purpose.ToString()));
        _transfers.Add(1, purpose, new("state", KeyText.Of(transfer.State.ToString())));
        if (transfer.State == TransferState.Confirmed)
        {
            _moved.Add(InGrc(transfer.Amount), purpose);
        }
    }

    public void WalletCalled(string method, TimeSpan duration, string result) =>
        _walletCalls.Record(duration.TotalSeconds, new("method", method), new("result", result));

    public void CycleEnded(string cycle, TimeSpan duration, bool failed) =>
        _cycles.Record(duration.TotalSeconds, new("cycle", cycle), new("result", failed ? "failed" : "ok"));

    internal static double InGrc(GrcAmount amount) => amount.Halfords / (double)GrcAmount.HalfordsPerGrc;
}
