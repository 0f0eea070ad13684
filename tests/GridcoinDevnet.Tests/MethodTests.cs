using System.Net;
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
}
