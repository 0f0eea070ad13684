using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Benchmarks.Chaos;
using PlatformHarness;

namespace Benchmarks.Settle;

/// <summary>
/// How fast a real CreditManager settles with a real development wallet, by RPC over HTTP: first with a wallet that works, then
/// with one that misbehaves. Afterwards every settlement is looked for in both.
/// </summary>
internal static class SettleBenchmark
{
    /// <summary>What every reading finds more used: a block of 0.05 GRC.</summary>
    private const long BlockMicroseconds = 30_000_000;

    private const long BlockHalfords = 5_000_000;
    private const decimal GrcOfEach = 10_000;
    private const int FaultsPerSecond = 1;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(5);

    public static Command Command()
    {
        var users = new Option<int>("--users") { Description = "How many users owe: 1 to 1000.", DefaultValueFactory = _ => 50 };
        var seconds = new Option<int>("--seconds") { Description = "How long each half takes: 1 to 3600.", DefaultValueFactory = _ => 20 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same order of faults.", DefaultValueFactory = _ => 1 };
        RequireRange(users, 1_000);
        RequireRange(seconds, 3_600);
        var command = new Command("settle", "Times settlements with a wallet that works and with one that misbehaves; counts what is lost or doubled.") { users, seconds, seed };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(users), TimeSpan.FromSeconds(arguments.GetValue(seconds)), new Random(arguments.GetValue(seed)), cancellationToken));
        return command;
    }

    private static void RequireRange(Option<int> option, int most) => option.Validators.Add(r =>
    {
        if (r.GetValueOrDefault<int>() < 1 || r.GetValueOrDefault<int>() > most)
        {
            r.AddError($"{option.Name}: allowed: 1 to {most}.");
        }
    });

    private static async Task<int> RunAsync(int count, TimeSpan length, Random random, CancellationToken cancellationToken)
    {
        var users = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"user{i:D4}")).ToList();
        await using var node = await ScriptedNode.StartAsync(users);
        await using var services = await MoneyServices.StartAsync(node, users, GrcOfEach);
        node.Use(BlockMicroseconds);
        await Task.Delay(WarmUp, TimeProvider.System, cancellationToken);
        var well = await SettlePhase.MeasureAsync(services, () => Task.Delay(length, TimeProvider.System, cancellationToken));
        Console.WriteLine($"wallet works:      {well.Settlements} settlements in {well.Time.TotalSeconds:F1} s, {well.Calls} calls");
        var faults = 0;
        var badly = await SettlePhase.MeasureAsync(services, async () => faults = await MisbehaveAsync(services.Wallet, length, random, cancellationToken));
        Console.WriteLine($"wallet misbehaves: {badly.Settlements} settlements in {badly.Time.TotalSeconds:F1} s, {badly.Calls} calls, {faults} faults");

        node.Close();
        await services.Wallet.MendAsync();
        await services.SettledAsync(BlockHalfords, LongestEnd);
        var audit = await MoneyAudit.RunAsync(services.Credit, services.Wallet, node.Used.Keys);
        var wrongBills = await services.ListWrongBillsAsync(node);
        var figures = new SettleFigures(
            count,
            audit.Settlements,
            well.PerSecond,
            well.CallsPerSettlement,
            badly.PerSecond,
            badly.CallsPerSettlement,
            faults,
            audit.Lost,
            audit.Double,
            wrongBills.Count,
            audit.LedgerSumHalfords,
            audit.DriftHalfords);
        Console.WriteLine(JsonSerializer.Serialize(figures, SettleFigures.Json));
        return audit.IsClean && wrongBills.Count == 0 && audit.Settlements > 0 ? 0 : 1;
    }

    private static async Task<int> MisbehaveAsync(DevnetWallet wallet, TimeSpan length, Random random, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var faults = 0;
        while (TimeProvider.System.GetElapsedTime(start) < length)
        {
            await wallet.BreakAsync(WalletFaults.Any(random));
            faults++;
            await Task.Delay(TimeSpan.FromSeconds(1) / FaultsPerSecond, TimeProvider.System, cancellationToken);
        }

        return faults;
    }
}
