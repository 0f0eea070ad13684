using System.Text.Json;

namespace Benchmarks.Settle;

/// <summary>What a run of the settlement benchmark found.</summary>
/// <param name="Users">How many users owed.</param>
/// <param name="Settlements">Settlements in the wallet at the end.</param>
/// <param name="SettlementsPerS">Settlements in a second while the wallet worked.</param>
/// <param name="RpcCallsPerSettlement">Wallet calls of all kinds for one settlement then.</param>
/// <param name="SettlementsPerSWithFaults">The same while it misbehaved.</param>
/// <param name="RpcCallsPerSettlementWithFaults">The same while it misbehaved.</param>
/// <param name="WalletFaults">Faults that it was told to make.</param>
/// <param name="Lost">What is in the ledger and not in the wallet, or the other way round, or counted and not billed.</param>
/// <param name="Double">What is there more than once.</param>
/// <param name="LedgerSumHalfords">The sum of all accounts of the ledger.</param>
internal sealed record SettleFigures(
    int Users,
    int Settlements,
    decimal SettlementsPerS,
    decimal RpcCallsPerSettlement,
    decimal SettlementsPerSWithFaults,
    decimal RpcCallsPerSettlementWithFaults,
    int WalletFaults,
    int Lost,
    int Double,
    long LedgerSumHalfords)
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
