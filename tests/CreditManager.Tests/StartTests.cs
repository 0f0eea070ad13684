using CreditManager.Contracts;
using CreditManager.Storage;
using Dapper;
using GridcoinDevnet.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;
using Testing;

namespace CreditManager.Tests;

public sealed class StartTests
{
    [Fact]
    public void Build_ManyWrongSettings_NamesAllOfThem()
    {
        var wrong = Assert.Throws<InvalidConfigurationException>(() => CreditService.Build(PlatformConfiguration.FromValues(new Dictionary<string, string?>
        {
            ["credit:cycle"] = "1ms",
            ["credit:provider"] = "a b",
            ["credit:min_coin_movement_grc"] = "0.000000001",
            ["credit:default_max_debt_grc"] = "2",
            ["credit:default_vcore_seconds_per_grc"] = "0",
            ["credit:freeze_grce"] = "1s",
            ["wallet:kind"] = "bitcoin",
            ["scalers:0:token_file"] = "/nowhere",
            ["users:0:max_debt_grc"] = "1",
            ["extra:x"] = "1",
        })));
        Assert.All(
            ["api.listen", "credit.freeze_grce", "wallet.kind", "scalers.0.address", "scalers.0.token_file", "users.0.name", "users.0.max_debt_grc", "extra"],
            part => Assert.Contains(wrong.Errors, e => e.StartsWith(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void Build_ImpossibleAmountsAndTimes_AreNamedWithWhatIsAllowed()
    {
        var wrong = Assert.Throws<InvalidConfigurationException>(() => CreditService.Build(PlatformConfiguration.FromValues(new Dictionary<string, string?>
        {
            ["credit:cycle"] = "1ms",
            ["credit:provider"] = "a b",
            ["credit:min_coin_movement_grc"] = "0.000000001",
            ["credit:default_min_balance_grc"] = "-2",
            ["credit:default_max_debt_grc"] = "2",
            ["credit:default_vcore_seconds_per_grc"] = "0",
            ["wallet:confirmations"] = "0",
        })));
        Assert.All(
            ["cycle", "provider", "min_coin_movement_grc", "default_min_balance_grc", "default_max_debt_grc", "default_vcore_seconds_per_grc", "database"],
            key => Assert.Contains(wrong.Errors, e => e.StartsWith("credit." + key, StringComparison.Ordinal) && e.Contains("allowed", StringComparison.Ordinal)));
        Assert.Contains(wrong.Errors, e => e.StartsWith("wallet.confirmations", StringComparison.Ordinal));
        Assert.Contains(wrong.Errors, e => e.StartsWith("wallet.credentials_file", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rpcuser=u\nrpcpassword=p\n", UnixFileMode.UserRead | UnixFileMode.GroupRead, "open to other users")]
    [InlineData("rpcuser=u\nrpcpassword=p\n", UnixFileMode.UserRead | UnixFileMode.OtherWrite, "open to other users")]
    [InlineData("rpcuser=u\n", UnixFileMode.UserRead, "rpcpassword")]
    [InlineData("", UnixFileMode.UserRead, "rpcpassword")]
    public async Task Start_CredentialsFileThatCannotBeUsed_IsRefused(string text, UnixFileMode mode, string problem)
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory.Combine("credentials"), text);
        File.SetUnixFileMode(directory.Combine("credentials"), mode);
        await using var credit = new RunningCredit();
        credit.Settings["wallet:credentials_file"] = directory.Combine("credentials");
        var wrong = await Assert.ThrowsAsync<InvalidConfigurationException>(() => credit.StartAsync());
        Assert.Contains(problem, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SecondOnTheSameDatabase_IsRefusedAndNamesTheFirst()
    {
        await using var first = new RunningCredit();
        await first.StartAsync();
        await using var second = new RunningCredit();
        second.Settings["credit:database"] = first.Database;
        var refused = await Assert.ThrowsAsync<InvalidConfigurationException>(() => second.StartAsync());
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FileThatIsNoDatabase_IsRefusedAndLeftAlone()
    {
        await using var credit = new RunningCredit();
        await File.WriteAllTextAsync(credit.Database, new string('x', 5000));
        await Assert.ThrowsAsync<InvalidConfigurationException>(() => credit.StartAsync());
        Assert.Equal(5000, new FileInfo(credit.Database).Length);
    }

    [Fact]
    public async Task Start_DatabaseOfANewerVersion_IsRefused()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        credit.Services.GetRequiredService<CreditDatabase>().Write(db => db.Execute("PRAGMA user_version = 999"));
        var refused = await Assert.ThrowsAsync<InvalidConfigurationException>(credit.RestartAsync);
        Assert.Contains("999", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ConfiguredUsers_AreMadeOnceAndKeepWhatWasChanged()
    {
        await using var credit = new RunningCredit();
        credit.Settings["users:0:name"] = "alice";
        credit.Settings["users:0:max_debt_grc"] = "-0.5";
        credit.Settings["users:0:policy"] = "conservative";
        await credit.StartAsync();
        var user = (await credit.Api.FindUserAsync("alice"))!;
        Assert.Equal((SpendingPolicy.Conservative, -50_000_000), (user.Policy, user.MaxDebtHalfords));

        await credit.Api.SetUserAsync("alice", new UserSettings(SpendingPolicy.Greedy));
        await credit.RestartAsync();
        Assert.Equal(SpendingPolicy.Greedy, (await credit.Api.FindUserAsync("alice"))!.Policy);
    }

    [Fact]
    public async Task Start_ImpossibleUsers_AreAllNamed()
    {
        await using var credit = new RunningCredit();
        foreach (var (index, name) in new[] { "provider", "alice", "alice" }.Index())
        {
            credit.Settings[$"users:{index}:name"] = name;
        }

        credit.Settings["users:1:tariff"] = "none";
        var wrong = await Assert.ThrowsAsync<InvalidConfigurationException>(() => credit.StartAsync());
        Assert.All(["users.0", "users.1.tariff", "listed 2 times"], part => Assert.Contains(part, wrong.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_UserMadeTheProvider_IsRefused()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Settings["credit:provider"] = "alice";
        Assert.Contains("alice", (await Assert.ThrowsAsync<InvalidConfigurationException>(credit.RestartAsync)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE ledger SET amount = 0")]
    [InlineData("DELETE FROM ledger")]
    public async Task Ledger_ChangedBySql_IsRefused(string sql)
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Scaler.Set("c1", "alice", 6_000_000);
        await credit.BillAsync();
        var database = credit.Services.GetRequiredService<CreditDatabase>();
        Assert.Contains("append-only", Assert.Throws<SqliteException>(() => database.Write(db => db.Execute(sql))).Message, StringComparison.Ordinal);
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    [Fact]
    public async Task Service_LeftToItself_BillsSettlesAndSeesDeposits()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = new RunningCredit();
        credit.Settings["wallet:kind"] = "devnet";
        credit.Settings["wallet:address"] = devnet.Address.ToString();
        credit.Settings["wallet:credentials_file"] = devnet.CredentialsFile;
        credit.Settings["credit:cycle"] = "100ms";
        credit.Settings["credit:wallet_poll"] = "100ms";
        await credit.StartAsync(withLoops: true);
        await credit.Api.SetUserAsync("alice", new UserSettings());
        await devnet.MoveAsync("sink", "alice", "1");
        credit.Scaler.Set("c1", "alice", 60_000_000, final: true);

        await Eventually.HoldsAsync(async () => await credit.StandingAsync() is { WalletHalfords: 90_000_000, UnsettledHalfords: 0 });
        Assert.Contains("\"result\":0.10000000,", await devnet.CallAsync("getbalance", "[\"provider\"]"), StringComparison.Ordinal);
        Assert.Single(credit.Scaler.Acknowledged);
        await Eventually.HoldsAsync(async () => (await credit.Api.FindUserAsync("alice"))!.DepositAddress is not null);
        var status = await credit.Api.GetStatusAsync();
        Assert.Equal((true, 10_000_000, 0), (status.WalletReachable, status.ProviderHalfords, status.OpenSettlements));
        Assert.Empty(status.Alarms);
    }

    [Fact]
    public async Task Service_WrongWalletPassword_SaysSoAndGoesOnBilling()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = new RunningCredit();
        credit.Settings["wallet:address"] = devnet.Address.ToString();
        credit.Settings["wallet:rpc_password"] = "quite-wrong";
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Scaler.Set("c1", "alice", 6_000_000);
        await credit.BillAsync();
        await credit.DealWithWalletAsync();

        var status = await credit.Api.GetStatusAsync();
        Assert.False(status.WalletReachable);
        Assert.Contains("password", status.WalletError, StringComparison.Ordinal);
        Assert.DoesNotContain("quite-wrong", status.WalletError, StringComparison.Ordinal);
        Assert.Single(await credit.Api.ListBillsAsync("alice"));
    }
}
