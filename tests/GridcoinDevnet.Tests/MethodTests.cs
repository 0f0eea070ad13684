using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GridcoinDevnet.Testing;
using GridcoinDevnet.Wallet;

namespace GridcoinDevnet.Tests;

public sealed class MethodTests
{
    [Theory]
    [InlineData("move", """["a","b",1.000000019]""", "\"result\":true")]
    [InlineData("move", """["a","b",1e400]""", "\"code\":-3")]
    [InlineData("move", """["a","b",2000000001]""", "\"code\":-3")]
    [InlineData("move", """[1,"b",1]""", "\"code\":-1")]
    [InlineData("move", """["a","b",1,"x"]""", "\"code\":-1")]
    [InlineData("getbalance", """[5]""", "\"code\":-1")]
    [InlineData("getaccount", """["notanaddress"]""", "\"code\":-5")]
    [InlineData("listtransactions", """["*",-1]""", "\"code\":-8")]
    [InlineData("listtransactions", """["*",1,-1]""", "\"code\":-8")]
    [InlineData("getaccountaddress", """[]""", "\"code\":-32700")]
    [InlineData("listaccounts", """[1.5]""", "\"code\":-1")]
    public async Task Call_Parameters_AreTakenOrRefusedAsTheDaemonDoes(string method, string parameters, string part)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        Assert.Contains(part, await devnet.CallAsync(method, parameters), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_MoreThanEightDecimals_AreCut()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.MoveAsync("sink", "alice", "1.000000019");
        Assert.Contains("\"result\":1.00000001,", await devnet.CallAsync("getbalance", "[\"alice\"]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_HostileNamesAndComments_ComeBackAsTheyWere()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        const string name = "a \\\"b\\\" \\n ☃ <&>";
        await devnet.MoveAsync("sink", name, "1", name);
        Assert.Contains("\"otheraccount\":\"sink\",\"comment\":\"" + name + "\"", await devnet.CallAsync("listtransactions", $"[\"{name}\"]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[1]", "-32600")]
    [InlineData("[{\"id\":5,\"method\":\"nope\"},{\"id\":6,\"method\":\"getblockcount\"}]", "\"code\":-32601,\"message\":\"Method not found\"},\"id\":5},{\"result\":0,\"error\":null,\"id\":6}]")]
    [InlineData("5", "-32600")]
    [InlineData("{\"id\":\"x\"}", "\"id\":\"x\"")]
    public async Task Request_OfOddShape_IsAnswered(string body, string part)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        using var answer = await devnet.PostAsync(body);
        Assert.Contains(part, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_IsNotServed()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        using var answer = await devnet.Http.GetAsync("/");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task TestEndpoints_WithoutCredentials_AreRefused()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        using var http = new HttpClient { BaseAddress = devnet.Address };
        using var answer = await http.GetAsync("/faults");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(true, "1.00000000")]
    [InlineData(false, "0.00000000")]
    public async Task Fault_DropsTheAnswer_AfterApplyingOrNot(bool apply, string balance)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.FaultAsync(new Fault("move", FaultyAnswerKind.Drop, apply, Times: 2));
        await Assert.ThrowsAsync<HttpRequestException>(() => devnet.MoveAsync("sink", "alice", "0.5"));
        await Assert.ThrowsAsync<HttpRequestException>(() => devnet.MoveAsync("sink", "alice", "0.5"));
        Assert.Contains(balance, await devnet.CallAsync("getbalance", "[\"alice\"]"), StringComparison.Ordinal);
        Assert.Contains("\"result\":true", await devnet.CallAsync("move", """["sink","alice",0.5]"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_CallerGivesUp_SlowMoveIsCarriedOutAllTheSame()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.FaultAsync(new Fault("move", DelayMilliseconds: 600, DelayBeforeApply: true));
        using var impatient = devnet.Client(RunningDevnet.User, RunningDevnet.Password);
        impatient.Timeout = TimeSpan.FromMilliseconds(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => impatient.PostAsync("/", new StringContent("""{"id":1,"method":"move","params":["sink","alice",1]}""")));
        await global::Testing.Eventually.HoldsAsync(async () => (await devnet.CallAsync("getbalance", "[\"alice\"]")).Contains("1.00000000", StringComparison.Ordinal));
    }

    [Fact]
    public void Address_OfAKeyChain_IsOneAndAMistypedOneIsNot()
    {
        var keys = new KeyChain([1, 2, 3]);
        var address = keys.Address(7);
        Assert.True(KeyChain.IsAddress(address));
        Assert.Matches("^[mn][1-9A-HJ-NP-Za-km-z]{33}$", address);
        Assert.False(KeyChain.IsAddress(address[..^1] + (address[^1] == 'x' ? 'y' : 'x')));
        Assert.All(["", "0", "l", new string('1', 5000), address + "1"], text => Assert.False(KeyChain.IsAddress(text)));
    }

    [Fact]
    public async Task Fault_TwoAnswers_AreBothOnTheConnection()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.FaultAsync(new Fault("getblockcount", FaultyAnswerKind.TwoAnswers));
        using var connection = new TcpClient();
        await connection.ConnectAsync(devnet.Address.Host, devnet.Address.Port);
        const string body = "{\"id\":1,\"method\":\"getblockcount\",\"params\":[]}";
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{RunningDevnet.User}:{RunningDevnet.Password}"));
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
            $"POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: Basic {credentials}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        using var reader = new StreamReader(connection.GetStream());
        var text = await reader.ReadToEndAsync();
        Assert.Equal(2, text.Split("HTTP/1.1 200").Length - 1);
        Assert.Equal(2, text.Split("\"result\":0,").Length - 1);
    }

    [Fact]
    public async Task Calls_AreCountedByMethodUntilForgotten()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.MoveAsync("sink", "alice", "1");
        await devnet.CallAsync("nope");
        await devnet.FaultAsync(new Fault("move", FaultyAnswerKind.Status));
        await devnet.MoveAsync("sink", "alice", "1");
        var figures = await devnet.CallsAsync();
        Assert.Equal([("move", 2L), ("nope", 1L)], figures.Finished.Select(f => (f.Key, f.Value)));
        Assert.Equal(0, figures.Running);

        await devnet.ForgetCallsAsync();
        Assert.Empty((await devnet.CallsAsync()).Finished);
    }

    [Fact]
    public async Task Calls_CallerGone_IsRunningUntilItIsDealtWith()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.FaultAsync(new Fault("move", DelayMilliseconds: 300, DelayBeforeApply: true));
        using var impatient = devnet.Client(RunningDevnet.User, RunningDevnet.Password);
        impatient.Timeout = TimeSpan.FromMilliseconds(50);
        await Assert.ThrowsAsync<TaskCanceledException>(
            () => impatient.PostAsync("/", new StringContent("""{"id":1,"method":"move","params":["sink","alice",1]}""")));
        Assert.Equal(1, (await devnet.CallsAsync()).Running);
        await devnet.FallQuietAsync();
        Assert.Equal(100_000_000, await devnet.BalanceAsync("alice"));
    }

    [Fact]
    public async Task ListSinceBlock_BlockAsDeepAsTheTarget_ListsWhatIsNotThatDeep()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.MoveAsync("sink", "alice", "1");
        var deep = await devnet.DepositAsync("alice", 1, confirmations: 10);
        var young = await devnet.DepositAsync("alice", 2, confirmations: 9);
        using var all = JsonDocument.Parse(await devnet.CallAsync("listsinceblock"));
        Assert.Equal([deep, young], TransactionIds(all));
        var block = all.RootElement.GetProperty("result").GetProperty("lastblock").GetString();
        using var since = JsonDocument.Parse(await devnet.CallAsync("listsinceblock", $"[\"{block}\",10]"));
        Assert.Equal([young], TransactionIds(since));
        using var unknown = JsonDocument.Parse(await devnet.CallAsync("listsinceblock", $"[\"{new string('0', 64)}\",10]"));
        Assert.Equal([deep, young], TransactionIds(unknown));
        Assert.Contains("\"code\":-8", await devnet.CallAsync("listsinceblock", $"[\"{block}\",0]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListTransactions_AmongAHundredThousand_GivesThePageThatIsAskedFor()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.StopAsync();
        await devnet.AddMovesAsync("sink", "alice", 100_000);
        await devnet.StartAgainAsync();
        Assert.Equal(["99997", "99998"], (await devnet.CommentsAsync("alice", 2, 1)));
        Assert.Equal(["0"], (await devnet.CommentsAsync("alice", 10, 99_999)));
        Assert.Equal(100_000, await devnet.BalanceAsync("alice"));
    }

    private static IEnumerable<string?> TransactionIds(JsonDocument answer) =>
        answer.RootElement.GetProperty("result").GetProperty("transactions").EnumerateArray().Select(t => t.GetProperty("txid").GetString());
}
