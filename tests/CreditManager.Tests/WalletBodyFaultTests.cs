namespace CreditManager.Tests;

/// <summary>A wallet that breaks off or answers garbage, with a death anywhere.</summary>
public sealed class WalletBodyFaultTests
{
    public static TheoryData<string, string> Cases => WalletFaultMatrix.CasesOf(
        "applies and answers garbage", "answers garbage", "breaks off in the middle of a body", "500", "applies and answers 500");

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Cycle_FaultAndDeath_SettlesExactlyOnce(string fault, string point) => WalletFaultMatrix.SettleAsync(fault, point);
}
