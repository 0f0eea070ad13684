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
/// <param name="Lost">Settlements that the ledger has and the wallet has not, or the other way round.</param>
/// <param name="Double">Settlements that are there more than once.</param>
/// <param name="WrongBills">Users who were not billed what was counted.</param>
/// <param name="LedgerSumHalfords">The sum of all accounts of the ledger.</param>
/// <param name="WalletDriftHalfords">How far ledger and wallet are apart, over all accounts.</param>
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
    int WrongBills,
    long LedgerSumHalfords,
    long WalletDriftHalfords)
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
