namespace CreditManager.Tests;

/// <summary>A wallet that is late or never answers, with a death anywhere.</summary>
public sealed class WalletLateFaultTests
{
    public static TheoryData<string, string> Cases => WalletFaultMatrix.CasesOf(
        "applies and answers late", "applies late", "hangs", "applies and hangs");

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Cycle_FaultAndDeath_SettlesExactlyOnce(string fault, string point) => WalletFaultMatrix.SettleAsync(fault, point);
}
