namespace CreditManager.Tests;

/// <summary>A wallet that refuses, or dies in the middle of a call, with a death anywhere.</summary>
public sealed class WalletRestartFaultTests
{
    public static TheoryData<string, string> Cases => WalletFaultMatrix.CasesOf(
        "refuses", "applies and says that it refused", "restarts before applying", "restarts after applying", "401", "applies and answers 401");

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Cycle_FaultAndDeath_SettlesExactlyOnce(string fault, string point) => WalletFaultMatrix.SettleAsync(fault, point);
}
