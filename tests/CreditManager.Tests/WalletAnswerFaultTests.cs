namespace CreditManager.Tests;

/// <summary>A wallet whose answers are lost, doubled or not to be read, with a death anywhere.</summary>
public sealed class WalletAnswerFaultTests
{
    public static TheoryData<string, string> Cases => WalletFaultMatrix.CasesOf(
        "works", "applies and drops the answer", "drops the call", "answers twice", "answers twice in one body");

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Cycle_FaultAndDeath_SettlesExactlyOnce(string fault, string point) => WalletFaultMatrix.SettleAsync(fault, point);
}
