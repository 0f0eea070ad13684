using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using CreditManager.Contracts;
using CreditManager.Core.Attempts;
using CreditManager.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CreditManager.Tests;

/// <summary>What billing keeps in memory between cycles must never show in a bill.</summary>
public class BillingMemoryTests
{
    [Fact]
    public async Task Cycle_NothingUsedSinceTheLast_AsksForNoMeterAndWritesNothing()
    {
        await using var credit = await StartAsync();
        await UseAsync(credit, 6_000_000);
        Write(credit, db => db.Execute("ALTER TABLE meters RENAME TO meters_away"));
        await credit.BillAsync();
        Write(credit, db => db.Execute("ALTER TABLE meters_away RENAME TO meters"));
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    [Fact]
    public async Task Cycle_TransactionFailed_TheNextOneChargesExactlyWhatIsOwed()
    {
        await using var credit = await StartAsync();
        await UseAsync(credit, 6_000_000);
        Write(credit, db => db.Execute("ALTER TABLE price_segments RENAME TO segments_away"));
        credit.Scaler.Set("new", "alice", 600_000);
        await Assert.ThrowsAnyAsync<DbException>(() => UseAsync(credit, 12_000_000));
        Write(credit, db => db.Execute("ALTER TABLE segments_away RENAME TO price_segments"));
        Assert.Equal(6_000_000, Assert.Single(await credit.Api.ListBillsAsync("alice")).BilledMicroseconds);

        await UseAsync(credit, 18_000_000);
        Assert.Equal([3_000_000, 100_000], (await credit.Api.ListBillsAsync("alice")).Select(b => b.ChargedHalfords));
        Assert.Equal(-3_100_000, (await credit.StandingAsync()).BalanceHalfords);
    }

    [Fact]
    public async Task Cycle_FinalReadingReportedAgain_IsAcknowledgedAgainAndChargesNothing()
    {
        await using var credit = await StartAsync();
        await UseAsync(credit, 6_000_000, final: true);
        await credit.BillAsync();
        credit.Scaler.Set("c1", "alice", 6_000_000, final: true);
        await credit.BillAsync();
        Assert.Equal(2, credit.Scaler.Acknowledged.Count);
        Assert.Equal(1_000_000, Assert.Single(await credit.Api.ListBillsAsync("alice")).ChargedHalfords);
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    [Fact]
    public async Task Cycle_ThousandsOfContainers_AreEachBilledOnceAcrossARestart()
    {
        const int Containers = 6_000;
        await using var credit = await StartAsync();
        foreach (var counter in new[] { 6_000_000, 12_000_000 })
        {
            for (var i = 0; i < Containers; i++)
            {
                credit.Scaler.Set($"c{i}", "alice", counter);
            }

            await credit.BillAsync();
            await credit.RestartAsync();
            await credit.BillAsync();
        }

        var bills = await credit.Api.ListBillsAsync("alice");
        Assert.Equal(Containers, bills.Count);
        Assert.All(bills, b => Assert.Equal((12_000_000, 2_000_000), (b.BilledMicroseconds, b.ChargedHalfords)));
        Assert.Equal(-2_000_000L * Containers, (await credit.StandingAsync()).BalanceHalfords);
        var database = credit.Services.GetRequiredService<CreditDatabase>();
        Assert.Equal(2 * Containers, database.Read(db => db.ExecuteScalar<long>("SELECT COUNT(*) FROM ledger")));
        Assert.Null(LedgerFaults.First(database.Read(db => db.ListLedger(0, 3 * Containers))));
        Assert.Equal(0, database.Read(db => db.ExecuteScalar<decimal>("SELECT SUM(amount) FROM balances")));
    }

    [Fact]
    public async Task Cycle_ClockJumpsBetweenCyclesAndRestarts_LosesAndDoublesNothing()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetTariffAsync("default", new TariffSettings(60, ValidFrom: credit.Time.GetUtcNow().AddDays(30)));
        foreach (var (counter, hours) in new[] { (6_000_000, 0), (12_000_000, -1), (18_000_000, 24 * 365), (24_000_000, -1), (30_000_000, -24 * 400) })
        {
            credit.Time.SetWallClock(credit.Time.GetUtcNow().AddHours(hours));
            await UseAsync(credit, counter);
            await credit.RestartAsync();
            await credit.BillAsync();
        }

        // The year ahead brought the dearer tariff; a clock set back again does not take it away.
        var bill = Assert.Single(await credit.Api.ListBillsAsync("alice"));
        Assert.Equal((30_000_000, 3_000_000 + 20_000_000), (bill.BilledMicroseconds, bill.ChargedHalfords));
        var ledger = credit.Services.GetRequiredService<CreditDatabase>().Read(db => db.ListLedger(0, 100));
        Assert.Equal(5, ledger.Count);
        Assert.Null(LedgerFaults.First(ledger));
        Assert.True(ledger[1].At < ledger[0].At && ledger[2].At > ledger[0].At && ledger[4].At < ledger[0].At);
    }

    [Fact]
    public async Task Cycle_AttemptEnded_IsNamedByOneMoreChargeOnly()
    {
        await using var credit = await StartAsync();
        var attempts = credit.Services.GetRequiredService<RunningAttempts>();
        attempts.Started("c1", "one");
        attempts.Started("c1", "two");
        await UseAsync(credit, 6_000_000);
        attempts.Ended("c1", "one");
        await UseAsync(credit, 12_000_000);
        await UseAsync(credit, 18_000_000);
        await UseAsync(credit, 24_000_000, final: true);

        Assert.Equal(["one two", "one two", "two", "two"], (await credit.Api.ListLedgerAsync()).Select(Named));
        Assert.Empty(attempts.Of("c1"));
    }

    [Fact]
    public async Task Cycle_ChargeThatWasNotStored_NamesItsAttemptsAgain()
    {
        await using var credit = await StartAsync();
        await UseAsync(credit, 6_000_000);
        credit.Services.GetRequiredService<RunningAttempts>().Ended("c1", "one");
        Write(credit, db => db.Execute("ALTER TABLE meters RENAME TO meters_away"));
        await Assert.ThrowsAnyAsync<DbException>(() => UseAsync(credit, 12_000_000));
        Write(credit, db => db.Execute("ALTER TABLE meters_away RENAME TO meters"));
        await UseAsync(credit, 12_000_000);
        Assert.Equal(["", "one"], (await credit.Api.ListLedgerAsync()).Select(Named));
    }

    [Theory]
    [InlineData(64, 64, "063")]
    [InlineData(65, 65, "+1")]
    [InlineData(200, 65, "+136")]
    public async Task Cycle_ManyAttempts_NamesTheFirstAndCountsTheOthers(int running, int elements, string last)
    {
        await using var credit = await StartAsync();
        for (var i = running - 1; i >= 0; i--)
        {
            credit.Services.GetRequiredService<RunningAttempts>().Ended("c1", i.ToString("000", CultureInfo.InvariantCulture));
        }

        await UseAsync(credit, 6_000_000);
        var named = Named(Assert.Single(await credit.Api.ListLedgerAsync())).Split(' ');
        Assert.Equal((elements, "000", last), (named.Length, named[0], named[^1]));
        Assert.Equal(running - 64, credit.Services.GetRequiredService<RunningAttempts>().Of("c1").Count);
    }

    private static string Named(LedgerEntryView entry)
    {
        using var details = JsonDocument.Parse(entry.Details);
        return string.Join(' ', details.RootElement.GetProperty("attempts").EnumerateArray().Select(a => a.GetString()));
    }

    private static async Task<RunningCredit> StartAsync()
    {
        var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        return credit;
    }

    private static Task UseAsync(RunningCredit credit, long counter, bool final = false)
    {
        credit.Scaler.Set("c1", "alice", counter, final);
        return credit.BillAsync();
    }

    private static void Write(RunningCredit credit, Action<DbConnection> change) =>
        credit.Services.GetRequiredService<CreditDatabase>().Write(change);
}
