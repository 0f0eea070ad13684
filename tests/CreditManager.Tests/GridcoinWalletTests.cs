using CreditManager.Core.Money;
using CreditManager.Wallets;
using CreditManager.Wallets.Gridcoin;
using GridcoinDevnet.Testing;
using GridcoinDevnet.Tests;
using ServiceDefaults;

namespace CreditManager.Tests;

public sealed class GridcoinWalletTests
{
    private static readonly RpcCredentials Credentials = new(RunningDevnet.User, RunningDevnet.Password);

    [Fact]
    public async Task Calls_AnsweredAsRecorded_AreUnderstood()
    {
        await using var daemon = await RecordedDaemon.StartAsync();
        using var transport = new RpcTransport(daemon.Address, new RpcCredentials("u", "p"), TimeSpan.FromSeconds(10));
        var wallet = new GridcoinWallet(new RpcClient(transport), confirmations: 1);

        var accounts = await wallet.ListAccountsAsync(default);
        Assert.Equal([("", 0L), ("sink", -400_000_000L), ("user0", 400_000_000L)], accounts.Select(a => (a.Key, a.Value.Halfords)));
        await wallet.MoveAsync("sink", "alice", new GrcAmount(150_000_000), "topup alice #1", default);
        await wallet.MoveAsync("alice", "provider", new GrcAmount(1), "charge 1", default);
        var newest = (await wallet.ListTransactionsAsync("alice", 2, 1, default))[0];
        Assert.Equal(("move", -50_000_000L, "alice", "self"), (newest.Category, newest.Amount.Halfords, newest.OtherAccount, newest.Comment));
        Assert.Equal("mmpJjGn8rv6F8eDXY9mVqW1iaJnJi8f5TT", await wallet.GetAddressAsync("alice", default));
        Assert.Null(await wallet.FindTransactionAsync(new string('0', 64), default));
    }

    [Fact]
    public async Task Calls_RefusedAsRecorded_AreTyped()
    {
        await using var daemon = await RecordedDaemon.StartAsync();
        using var transport = new RpcTransport(daemon.Address, new RpcCredentials("u", "p"), TimeSpan.FromSeconds(10));
        var rpc = new RpcClient(transport);
        var wallet = new GridcoinWallet(rpc, confirmations: 1);

        var zero = await Assert.ThrowsAsync<WalletException>(() => wallet.MoveAsync("alice", "provider", GrcAmount.Zero, "zero", default));
        Assert.Equal((WalletFailure.Refused, -3), (zero.Failure, zero.Code));
        var unknown = await Assert.ThrowsAsync<WalletException>(() => rpc.CallAsync("nosuchmethod", default));
        Assert.Equal((WalletFailure.Refused, -32601), (unknown.Failure, unknown.Code));
        var never = await Assert.ThrowsAsync<WalletException>(() => rpc.CallAsync("neverrecorded", default));
        Assert.Equal((WalletFailure.Unclear, null), (never.Failure, never.Code));
    }

    [Fact]
    public async Task Calls_WrongPassword_AreUnauthorizedAndTellNoSecret()
    {
        await using var daemon = await RecordedDaemon.StartAsync();
        using var transport = new RpcTransport(daemon.Address, new RpcCredentials("u", "wrong"), TimeSpan.FromSeconds(10));
        var wallet = new GridcoinWallet(new RpcClient(transport), confirmations: 1);
        var refused = await Assert.ThrowsAsync<WalletException>(() => wallet.ListAccountsAsync(default));
        Assert.Equal(WalletFailure.Unauthorized, refused.Failure);
        Assert.DoesNotContain("wrong", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_NobodyListens_AreUnreachable()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await devnet.StopAsync();
        using var transport = new RpcTransport(devnet.Address, Credentials, TimeSpan.FromSeconds(10));
        var failed = await Assert.ThrowsAsync<WalletException>(
            () => new GridcoinWallet(new RpcClient(transport), 1).MoveAsync("a", "b", new GrcAmount(1), "c", default));
        Assert.Equal(WalletFailure.Unreachable, failed.Failure);
    }

    public static TheoryData<string, string> Misbehaviour => new()
    {
        { nameof(FaultyAnswerKind.Error), nameof(WalletFailure.Refused) },
        { nameof(FaultyAnswerKind.Status), nameof(WalletFailure.Unclear) },
        { nameof(FaultyAnswerKind.Garbage), nameof(WalletFailure.Unclear) },
        { nameof(FaultyAnswerKind.Truncated), nameof(WalletFailure.Unclear) },
        { nameof(FaultyAnswerKind.Twice), nameof(WalletFailure.Unclear) },
        { nameof(FaultyAnswerKind.Drop), nameof(WalletFailure.Unclear) },
        { nameof(FaultyAnswerKind.Hang), nameof(WalletFailure.Unclear) },
        { nameof(FaultyAnswerKind.Lie), nameof(WalletFailure.Unclear) },
    };

    [Theory]
    [MemberData(nameof(Misbehaviour))]
    public async Task Move_WalletMisbehaves_FailsByTypeAndNeverSucceedsFalsely(string answer, string failure)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        using var transport = new RpcTransport(devnet.Address, Credentials, TimeSpan.FromSeconds(1));
        var wallet = new GridcoinWallet(new RpcClient(transport), 1);
        await devnet.FaultAsync(new Fault("move", Enum.Parse<FaultyAnswerKind>(answer)));

        var failed = await Assert.ThrowsAsync<WalletException>(() => wallet.MoveAsync("a", "b", new GrcAmount(5), "c", default));

        Assert.Equal(failure, failed.Failure.ToString());
        Assert.Equal("c", Assert.Single(await wallet.ListTransactionsAsync("b", 10, 0, default)).Comment);
    }

    [Fact]
    public async Task Move_WalletIsTooSlow_IsUnclear()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        using var transport = new RpcTransport(devnet.Address, Credentials, TimeSpan.FromMilliseconds(300));
        await devnet.FaultAsync(new Fault("move", DelayMilliseconds: 2_000));
        var failed = await Assert.ThrowsAsync<WalletException>(
            () => new GridcoinWallet(new RpcClient(transport), 1).MoveAsync("a", "b", new GrcAmount(5), "c", default));
        Assert.Equal(WalletFailure.Unclear, failed.Failure);
    }

    [Theory]
    [InlineData("\"1.5\"")]
    [InlineData("null")]
    [InlineData("1e-08")]
    [InlineData("0.123456789")]
    [InlineData("99999999999999")]
    [InlineData("{}")]
    public async Task ListAccounts_AmountThatIsNone_IsUnclear(string amount)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        using var transport = new RpcTransport(devnet.Address, Credentials, TimeSpan.FromSeconds(10));
        await devnet.FaultAsync(new Fault("listaccounts", FaultyAnswerKind.Lie, Result: System.Text.Json.Nodes.JsonNode.Parse($$"""{"alice":{{amount}}}""")));
        var failed = await Assert.ThrowsAsync<WalletException>(() => new GridcoinWallet(new RpcClient(transport), 1).ListAccountsAsync(default));
        Assert.Equal(WalletFailure.Unclear, failed.Failure);
    }

    [Fact]
    public async Task FindTransaction_CoinsOfTheChain_TellsConfirmationsAndAccounts()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        using var transport = new RpcTransport(devnet.Address, Credentials, TimeSpan.FromSeconds(10));
        var wallet = new GridcoinWallet(new RpcClient(transport), confirmations: 10);
        var id = await devnet.DepositAsync("alice", 123_456_789, confirmations: 9);

        var transaction = (await wallet.FindTransactionAsync(id, default))!;
        Assert.Equal(9, transaction.Confirmations);
        Assert.Equal(123_456_789, transaction.Credits["alice"].Halfords);
        Assert.Equal(0, (await wallet.ListAccountsAsync(default))["alice"].Halfords);

        await devnet.ConfirmAsync(id, 10);
        Assert.Equal(123_456_789, (await wallet.ListAccountsAsync(default))["alice"].Halfords);
    }
}
