using System.Diagnostics;

namespace GridcoinDevnet.Tests;

/// <summary>The scripts of <c>deployment/scripts/gridcoin</c> against the development wallet; they need curl and jq.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData(new[] { "getblockcount" }, 0, "0\n")]
    [InlineData(new[] { "move", "sink", "user0", "0.5", "1", "a \"gift\" $(id)" }, 0, "true\n")]
    [InlineData(new[] { "getbalance", "user0" }, 0, "0.00000000\n")]
    [InlineData(new[] { "getaddressesbyaccount", "user0" }, 0, "[]\n")]
    [InlineData(new[] { "sendmany", "a", "{\"bad\":1}" }, 1, "error -5: Invalid Gridcoin address\n")]
    [InlineData(new[] { "nope" }, 1, "error -32601: Method not found\n")]
    [InlineData(new[] { "move", "sink", "user0", "0" }, 1, "error -3: Invalid amount\n")]
    [InlineData(new string[0], 2, "METHOD is missing")]
    public async Task Run_Call_PrintsResultOrErrorWithItsStatus(string[] arguments, int status, string output)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        var (exit, text) = await RunAsync(devnet, "gridcoin-run.sh", arguments);
        Assert.Equal(status, exit);
        Assert.Contains(output, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SmallAmounts_ArePrintedAsAmounts()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.MoveAsync("sink", "user0", "0.00000007");
        var (_, text) = await RunAsync(devnet, "gridcoin-run.sh", ["listaccounts"]);
        Assert.Contains("\"sink\": -0.00000007", text, StringComparison.Ordinal);
        Assert.Contains("\"user0\": 0.00000007", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WrongPasswordOrNobodyThere_IsStatus3AndTellsNoSecret()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        RunningDevnet.WriteCredentials(devnet.CredentialsFile, RunningDevnet.User, "quite-wrong");
        var (refused, text) = await RunAsync(devnet, "gridcoin-run.sh", ["getinfo"]);
        Assert.Equal(3, refused);
        Assert.DoesNotContain("quite-wrong", text, StringComparison.Ordinal);

        await devnet.StopAsync();
        Assert.Equal(3, (await RunAsync(devnet, "gridcoin-run.sh", ["getinfo"])).Exit);
        File.Delete(devnet.CredentialsFile);
        Assert.Equal(2, (await RunAsync(devnet, "gridcoin-run.sh", ["getinfo"])).Exit);
    }

    [Fact]
    public async Task SetBalance_UpAndDown_GivesExactlyTheAmount()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        foreach (var (grc, shown) in new[] { ("4", "4.00000000"), ("0.00000001", "0.00000001"), ("0.00000001", "0.00000001"), ("10.08", "10.08000000"), ("0", "0.00000000") })
        {
            var (exit, text) = await RunAsync(devnet, "set-balance.sh", ["user0", grc]);
            Assert.Equal((0, $"user0 has {shown} GRC.\n"), (exit, text));
        }

        Assert.Contains("\"sink\":0.00000000", await devnet.CallAsync("listaccounts"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user0", "-1")]
    [InlineData("user0", "1.123456789")]
    [InlineData("user0", "much")]
    [InlineData("user0", "")]
    [InlineData("sink", "1")]
    [InlineData("*", "1")]
    [InlineData("", "1")]
    public async Task SetBalance_NotAllowed_IsStatus2(string user, string grc)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        Assert.Equal(2, (await RunAsync(devnet, "set-balance.sh", [user, grc])).Exit);
        Assert.Contains("{\"\":0.00000000}", await devnet.CallAsync("listaccounts"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gridcoin-run.sh")]
    [InlineData("set-balance.sh")]
    [InlineData("gridcoin-server.sh")]
    public async Task Help_OfEveryScript_SaysHowToUseIt(string script)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        var (exit, text) = await RunAsync(devnet, script, ["--help"]);
        Assert.Equal(0, exit);
        Assert.Contains(script, text, StringComparison.Ordinal);
        Assert.DoesNotContain("set -euo", text, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Text)> RunAsync(RunningDevnet devnet, string script, string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Scripts(), script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SCP_STATE"] = Path.GetDirectoryName(devnet.StateDirectory);
        start.Environment["SCP_WALLET_ADDRESS"] = devnet.Address.ToString();
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }

    private static string Scripts()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "ServerlessCreditPlatform.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory.FullName, "deployment", "scripts", "gridcoin");
    }
}
