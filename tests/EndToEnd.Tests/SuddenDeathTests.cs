namespace EndToEnd.Tests;

/// <summary>A real CreditManager that ends itself by SIGKILL at a named place, and is started again.</summary>
public sealed class SuddenDeathTests
{
    private const long BlockHalfords = 5_000_000;
    private const long BlockMicroseconds = 30_000_000;
    private static readonly string[] Users = ["user0", "user1", "user2"];

    [Theory]
    [InlineData("after sent")]
    [InlineData("before move:2")]
    [InlineData("after move:3")]
    [InlineData("before confirm")]
    [InlineData("after charge:4")]
    [InlineData("after reconcile:2")]
    public async Task Kill_AtANamedPoint_LosesAndDoublesNothing(string point)
    {
        await using var node = await ScriptedNode.StartAsync(Users);
        await using var services = await MoneyServices.StartAsync(node, Users, 100);
        await services.CreditService.KillAsync();
        node.Use(BlockMicroseconds);
        // Something to reconcile, too: money that came by other hands while it was away.
        foreach (var user in Users)
        {
            await services.Wallet.MoveAsync("sink", user, 1);
        }

        var ended = await services.CreditService.StartUntilEndAsync(TimeSpan.FromSeconds(90), ("SCP_CREDIT__KILL_AT", point));
        Assert.True(ended, $"it did not die at \"{point}\"; its log:\n{await File.ReadAllTextAsync(services.CreditService.LogFile)}");
        node.Close();
        await services.CreditService.StartAsync();
        await services.SettledAsync(BlockHalfords, TimeSpan.FromSeconds(90));

        var audit = await MoneyAudit.RunAsync(services.Credit, services.Wallet, node.Used.Keys);
        Assert.True(audit is { IsClean: true, Settlements: > 0 }, audit.ToString());
        Assert.Empty(await services.ListWrongBillsAsync(node));
    }
}
