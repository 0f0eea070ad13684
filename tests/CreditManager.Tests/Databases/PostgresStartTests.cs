using System.Net;
using CreditManager.Billing;
using CreditManager.Contracts;
using CreditManager.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDefaults;
using ServiceDefaults.Client;

namespace CreditManager.Tests.Databases;

[Collection(PostgresGroup.Name)]
public sealed class PostgresStartTests
{
    private readonly PostgresFixture _postgres;

    public PostgresStartTests(PostgresFixture postgres)
    {
        _postgres = postgres;
        TestDatabase.UsePostgres(postgres);
    }

    [Fact]
    public async Task Start_Empty_MakesTheSchemaOnTheServer()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        await using var connection = new NpgsqlConnection(credit.ConnectionString);
        Assert.Equal(["default"], await connection.QueryAsync<string>("SELECT name FROM tariffs"));
        await credit.RestartAsync();
        Assert.Single(await credit.Api.ListTariffsAsync());
    }

    [Fact]
    public async Task Start_SecondOnTheSameDatabase_IsRefusedAndNamesTheFirst()
    {
        await using var first = new RunningCredit();
        await first.StartAsync();
        await using var second = new RunningCredit();
        second.Settings["credit:connection_string"] = first.ConnectionString;
        var refused = await Assert.ThrowsAsync<InvalidConfigurationException>(() => second.StartAsync());
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", refused.Message, StringComparison.Ordinal);
        await first.Api.SetUserAsync("alice", new UserSettings());
        Assert.Single(await first.Api.ListUsersAsync());
    }

    [Theory]
    [InlineData("Password=quite-wrong", "password authentication failed")]
    [InlineData("Database=nowhere", "\"nowhere\" does not exist")]
    [InlineData("Port=1", "refused")]
    public async Task Start_DatabaseThatCannotBeUsed_SaysWhyAndNotThePassword(string change, string reason)
    {
        var settings = new NpgsqlConnectionStringBuilder($"{_postgres.Server.ConnectionString};Database=postgres;{change}");
        await using var credit = new RunningCredit();
        credit.Settings["credit:connection_string"] = settings.ToString();
        var wrong = await Assert.ThrowsAsync<InvalidConfigurationException>(() => credit.StartAsync());
        Assert.Contains(reason, wrong.Message, StringComparison.Ordinal);
        Assert.StartsWith("credit.connection_string", Assert.Single(wrong.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(settings.Password!, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseOfANewerVersion_IsRefused()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        credit.Services.GetRequiredService<CreditDatabase>().Write(db => db.Execute("UPDATE schema_version SET version = 999"));
        var refused = await Assert.ThrowsAsync<InvalidConfigurationException>(credit.RestartAsync);
        Assert.Contains("999", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE ledger SET amount = 0")]
    [InlineData("DELETE FROM ledger")]
    [InlineData("TRUNCATE ledger CASCADE")]
    public async Task Ledger_ChangedBySql_IsRefused(string sql)
    {
        await using var credit = await OwingAsync();
        var database = credit.Services.GetRequiredService<CreditDatabase>();
        Assert.Contains("append-only", Assert.Throws<PostgresException>(() => database.Write(db => db.Execute(sql))).Message, StringComparison.Ordinal);
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    [Fact]
    public async Task Write_LockConnectionCut_IsTakenAnewAndKeepsOthersOff()
    {
        await using var credit = await OwingAsync();
        await CutAsync(credit);
        await BillTwiceAsync(credit, 12_000_000);

        Assert.Equal(12_000_000, Assert.Single(await credit.Api.ListBillsAsync("alice")).BilledMicroseconds);
        await using var second = new RunningCredit();
        second.Settings["credit:connection_string"] = credit.ConnectionString;
        await Assert.ThrowsAsync<InvalidConfigurationException>(() => second.StartAsync());
    }

    [Fact]
    public async Task Write_AfterAnotherTookTheDatabaseOver_IsRefusedAndTheServiceIsToStop()
    {
        await using var first = await OwingAsync();
        await CutAsync(first);
        await using var second = new RunningCredit();
        second.Settings["credit:connection_string"] = first.ConnectionString;
        await second.StartAsync();
        first.Scaler.Set("c1", "alice", 12_000_000, final: true);

        var refusals = new List<Exception?> { await Record.ExceptionAsync(first.BillAsync), await Record.ExceptionAsync(first.BillAsync) };

        Assert.Contains("taken over", refusals.OfType<DatabaseLostException>().First().Message, StringComparison.Ordinal);
        Assert.True(first.Services.GetRequiredService<CreditDatabase>().Lost.IsCancellationRequested);
        Assert.Empty(first.Scaler.Acknowledged);
        Assert.Equal(6_000_000, Assert.Single(await second.Api.ListBillsAsync("alice")).BilledMicroseconds);
        second.Scaler.Set("c1", "alice", 12_000_000);
        await second.BillAsync();
        Assert.Equal(12_000_000, Assert.Single(await second.Api.ListBillsAsync("alice")).BilledMicroseconds);
    }

    [Fact]
    public async Task Service_ServerLosesPower_AlarmsAndGoesOnWithNothingLostOrDoubled()
    {
        await using var credit = new RunningCredit();
        credit.Settings["credit:cycle"] = "100ms";
        await credit.StartAsync(withLoops: true);
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Scaler.Set("c1", "alice", 6_000_000);
        await Testing.Eventually.HoldsAsync(async () => (await credit.Api.ListLedgerAsync()).Count == 1);
        var alarms = credit.Services.GetRequiredService<Health.Alarms>();

        await _postgres.Server.KillAsync();
        try
        {
            await Testing.Eventually.HoldsAsync(() => Task.FromResult(alarms.All.Any(a => a.Contains("billing failed", StringComparison.Ordinal))));
            credit.Scaler.Set("c1", "alice", 12_000_000, final: true);
            var away = await Assert.ThrowsAsync<ApiException>(() => credit.Api.ListBillsAsync("alice"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.Status);
            Assert.Contains("database", away.Message, StringComparison.Ordinal);
        }
        finally
        {
            await _postgres.Server.StartAgainAsync();
        }

        await Testing.Eventually.HoldsAsync(() => Task.FromResult(credit.Scaler.Acknowledged.Count == 1 && !alarms.All.Any(a => a.Contains("billing failed", StringComparison.Ordinal))));
        Assert.Equal((12_000_000, 2_000_000), Assert.Single(await credit.Api.ListBillsAsync("alice")) is var bill ? (bill.BilledMicroseconds, bill.ChargedHalfords) : default);
        Assert.Equal([1_000_000, 1_000_000], (await credit.Api.ListLedgerAsync()).Select(e => e.AmountHalfords));
    }

    private static async Task<RunningCredit> OwingAsync()
    {
        var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Scaler.Set("c1", "alice", 6_000_000);
        await credit.BillAsync();
        return credit;
    }

    /// <summary>Ends all of its connections, as a network that fails does.</summary>
    private Task CutAsync(RunningCredit credit) => _postgres.ExecuteAsync(
        $"SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE datname = '{new NpgsqlConnectionStringBuilder(credit.ConnectionString).Database}'");

    /// <summary>The first cycle after a cut finds the dead connections.</summary>
    private static async Task BillTwiceAsync(RunningCredit credit, long counter)
    {
        credit.Scaler.Set("c1", "alice", counter);
        await Record.ExceptionAsync(credit.BillAsync);
        await credit.Services.GetRequiredService<BillingCycle>().RunCycleAsync(CancellationToken.None);
    }
}
