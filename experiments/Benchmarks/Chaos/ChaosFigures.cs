using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmarks.Chaos;

/// <summary>What a run of the chaos benchmark found.</summary>
/// <param name="Rounds">How many rounds there were.</param>
/// <param name="Kills">Processes that ended by SIGKILL.</param>
/// <param name="WalletFaults">Wallet calls that were told to go wrong.</param>
/// <param name="Tasks">Tasks dropped.</param>
/// <param name="LostTasks">Tasks that did not end under <c>output/</c>.</param>
/// <param name="DuplicatedTasks">Tasks whose script was started more than once.</param>
/// <param name="LostChargesUsec">Microseconds that the kernel counted and nobody was billed for.</param>
/// <param name="DoubleChargesUsec">Microseconds billed that the kernel did not count.</param>
/// <param name="Settlements">Settlements in the wallet.</param>
/// <param name="DoubleSettlements">Settlements that are in the wallet more than once.</param>
/// <param name="LostSettlements">Settlements of the ledger that the wallet does not have, or the other way round.</param>
/// <param name="LedgerSumHalfords">The sum of all accounts of the ledger.</param>
/// <param name="WalletDriftHalfords">How far ledger and wallet are apart, over all accounts.</param>
/// <param name="LedgerVerifies">Whether <c>creditctl ledger verify</c> finds every hash, balance, charge, attempt and settlement right.</param>
internal sealed record ChaosFigures(
    int Rounds,
    int Kills,
    int WalletFaults,
    int Tasks,
    int LostTasks,
    int DuplicatedTasks,
    long LostChargesUsec,
    long DoubleChargesUsec,
    int Settlements,
    int DoubleSettlements,
    int LostSettlements,
    long LedgerSumHalfords,
    long WalletDriftHalfords,
    bool LedgerVerifies)
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [JsonIgnore]
    public bool IsClean => this is
    {
        LostTasks: 0, DuplicatedTasks: 0, LostChargesUsec: 0, DoubleChargesUsec: 0,
        DoubleSettlements: 0, LostSettlements: 0, LedgerSumHalfords: 0, WalletDriftHalfords: 0, LedgerVerifies: true,
    };
}
