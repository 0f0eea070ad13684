using CreditManager;
using CreditManager.Billing;
using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Storage;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults;
using Testing;

namespace Benchmarks.Billing;

/// <summary>What cycles of one size cost.</summary>
/// <param name="Containers">How many containers were charged in each.</param>
/// <param name="Milliseconds">Median of a cycle.</param>
/// <param name="IdleMilliseconds">Median of a cycle in which none of them had used anything.</param>
/// <param name="PeakMib">Most memory that the process had in use.</param>
internal sealed record CycleFigures(int Containers, double Milliseconds, double IdleMilliseconds, long PeakMib)
{
    public double MicrosecondsPerCharge => Milliseconds * 1000 / Containers;
}

/// <summary>CreditManager as it is put together for use, with a Scaler that is told what its containers used; its cycles run when told.</summary>
internal sealed class BillingRig : IAsyncDisposable
{
    private const int Users = 100;
    private const int Cycles = 5;

    /// <summary>More than a halford's worth, and less than anybody's coins.</summary>
    private const long StepMicroseconds = 1_000;

    private readonly TempDirectory _directory = new();
    private readonly List<ScalerConnection> _scalers = [];
    private readonly WebApplication _app;
    private long _counter;

    public BillingRig(Dictionary<string, string?> settings)
    {
        settings["api:listen"] = "http://127.0.0.1:0";
        settings["api:require_token"] = "false";
        settings["wallet:rpc_user"] = settings["wallet:rpc_password"] = "none";
        settings["credit:signing_key_file"] = _directory.Combine("signing.key");
        _app = CreditService.Build(PlatformConfiguration.FromValues(settings), services => services
            .AddSingleton<IReadOnlyList<ScalerConnection>>(_scalers)
            .AddLogging(log => log.SetMinimumLevel(LogLevel.Warning)));
        Database.Write(AddUsers);
    }

    public CreditDatabase Database => _app.Services.GetRequiredService<CreditDatabase>();

    public static string User(int number) => $"user-{number % Users}";

    public long CountEntries() => Database.Read(db => db.ExecuteScalar<long>("SELECT MAX(sequence) FROM ledger"));

    /// <summary>Times cycles that charge as many containers.</summary>
    public async Task<CycleFigures> MeasureAsync(int containers)
    {
        var scaler = new ScriptedScaler();
        _scalers.Clear();
        _scalers.Add(new ScalerConnection("scripted", scaler));
        // The first cycle meets the containers, the second warms up.
        await UseAndBillAsync(scaler, containers);
        await UseAndBillAsync(scaler, containers);
        PeakMemory.Forget();
        var before = CountEntries();
        var (busy, idle) = (new List<double>(), new List<double>());
        for (var i = 0; i < Cycles; i++)
        {
            busy.Add(await UseAndBillAsync(scaler, containers));
            idle.Add(await BillAsync());
        }

        var charged = CountEntries() - before;
        return charged == (long)containers * Cycles
            ? new CycleFigures(containers, Median(busy), Median(idle), PeakMemory.ReadMib())
            : throw new InvalidOperationException($"{charged} charges in {Cycles} cycles with {containers} containers.");
    }

    /// <summary>Whether what was booked is sound: the chain's end, and the sum over all accounts.</summary>
    public void Verify() => Database.Read(db =>
    {
        var last = db.ListLedger(CountEntries() - 100_000, 100_000);
        var isLinked = last.Zip(last.Skip(1)).All(pair => pair.Second.PreviousHash == pair.First.Hash) && last.All(e => e.Hash == LedgerChain.Hash(e));
        var sum = db.ExecuteScalar<decimal>("SELECT SUM(amount) FROM balances");
        return isLinked && sum == 0 ? true : throw new InvalidOperationException($"The ledger is not sound: linked {isLinked}, sum {sum}.");
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void AddUsers(System.Data.Common.DbConnection db)
    {
        for (var i = 0; i < Users; i++)
        {
            db.SaveUser(new StoredUser(
                User(i), SpendingPolicy.Greedy, GrcAmount.Zero, GrcAmount.Zero, TariffTable.Default, BillingBasis.Used, true, null, null));
            db.Book(TimeProvider.System.GetUtcNow(), [Bookings.Difference(LedgerKinds.Opening, User(i), new GrcAmount(1_000_000_000_000_000), "opening")]);
        }
    }

    private Task<double> UseAndBillAsync(ScriptedScaler scaler, int containers)
    {
        _counter += StepMicroseconds;
        for (var i = 0; i < containers; i++)
        {
            scaler.Set($"{containers}-container-{i}", User(i), _counter);
        }

        return BillAsync();
    }

    private async Task<double> BillAsync()
    {
        var cycle = _app.Services.GetRequiredService<BillingCycle>();
        var start = TimeProvider.System.GetTimestamp();
        await cycle.RunCycleAsync(CancellationToken.None);
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
