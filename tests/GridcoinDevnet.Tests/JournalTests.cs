using System.Text;
using GridcoinDevnet.Wallet;
using ServiceDefaults;
using Testing;

namespace GridcoinDevnet.Tests;

public sealed class JournalTests
{
    [Fact]
    public async Task Restart_EverythingThatWasAnswered_IsStillThere()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.MoveAsync("sink", "alice", "1.5", "gift");
        var address = await devnet.CallAsync("getaccountaddress", "[\"alice\"]");
        var txId = await devnet.DepositAsync("alice", 7, confirmations: 3);
        var accounts = await devnet.CallAsync("listaccounts");

        await devnet.StopAsync();
        await devnet.StartAgainAsync();

        Assert.Equal(accounts, await devnet.CallAsync("listaccounts"));
        Assert.Contains("\"confirmations\":3", await devnet.CallAsync("gettransaction", $"[\"{txId}\"]"), StringComparison.Ordinal);
        Assert.Contains("gift", await devnet.CallAsync("listtransactions", "[\"alice\"]"), StringComparison.Ordinal);
        // The first address has received coins since, so a new one is given; the old one is still this wallet's.
        Assert.NotEqual(address, await devnet.CallAsync("getaccountaddress", "[\"alice\"]"));
        Assert.Contains(address.Split('"')[3], await devnet.CallAsync("getaddressesbyaccount", "[\"alice\"]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"op\":\"move\",\"from\":\"a\"")]
    [InlineData("{\"op\":\"move\",\"from\":\"a\"\n")]
    [InlineData("\0\0\0\0\n")]
    [InlineData("x")]
    public void Open_TornLastLine_IsCutOffAndWritingGoesOn(string torn)
    {
        using var directory = new TempDirectory();
        var path = directory.Combine("wallet.journal");
        using (var book = WalletBook.Open(path))
        {
            book.Write(new Moved("a", "b", 5, "first", 1));
        }

        File.AppendAllText(path, torn);
        using (var book = WalletBook.Open(path))
        {
            Assert.Equal(5, book.State.Balance("b", 1));
            book.Write(new Moved("a", "b", 2, "second", 2));
        }

        using var again = WalletBook.Open(path);
        Assert.Equal(7, again.State.Balance("b", 1));
        Assert.Equal(4, again.State.Entries.Count);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{\"op\":\"steal\"}")]
    [InlineData("{\"op\":\"move\"}")]
    public void Open_DamagedLineInTheMiddle_IsRefusedAndNamed(string damaged)
    {
        using var directory = new TempDirectory();
        var path = directory.Combine("wallet.journal");
        WalletBook.Open(path).Dispose();
        File.AppendAllText(path, damaged + "\n{\"op\":\"address\",\"account\":\"x\"}\n");
        var refused = Assert.Throws<InvalidDataException>(() => WalletBook.Open(path));
        Assert.Contains("line 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_SecondWalletOnOneJournal_IsRefused()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        Assert.Throws<InvalidConfigurationException>(() => DevnetService.Build(Configuration(devnet)));
    }

    [Fact]
    public void Build_NothingConfigured_NamesAllThatIsMissing()
    {
        var wrong = Assert.Throws<InvalidConfigurationException>(() => DevnetService.Build(PlatformConfiguration.FromValues(
            new Dictionary<string, string?> { ["devnet:listen"] = "http://0.0.0.0:1" })));
        Assert.All(
            ["devnet.listen", "devnet.state_directory", "devnet.credentials_file"],
            key => Assert.Contains(wrong.Errors, e => e.StartsWith(key, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Journal_Lines_HoldNoCredentials()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.StopAsync();
        var text = await File.ReadAllTextAsync(Path.Combine(devnet.StateDirectory, "wallet.journal"), Encoding.UTF8);
        Assert.DoesNotContain(RunningDevnet.Password, text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(devnet.StateDirectory, "wallet.journal")));
    }

    private static PlatformConfiguration Configuration(RunningDevnet devnet) => PlatformConfiguration.FromValues(new Dictionary<string, string?>
    {
        ["devnet:listen"] = "http://127.0.0.1:0",
        ["devnet:state_directory"] = devnet.StateDirectory,
        ["devnet:credentials_file"] = devnet.CredentialsFile,
    });
}
