namespace CreditManager.Contracts;

/// <summary>Health of the money side.</summary>
/// <param name="WalletReachable">Whether the last wallet call went through.</param>
/// <param name="WalletError">What the wallet or the connection to it last complained of; null when all is well.</param>
/// <param name="ProviderHalfords">Coins of the provider's account when last read.</param>
/// <param name="LastCycleAt">When billing last ran to its end; null before the first time.</param>
/// <param name="OpenSettlements">Planned or sent, not yet confirmed.</param>
/// <param name="UnreachableScalers">Scalers that did not answer in the last cycle: their usage is billed later.</param>
/// <param name="Alarms">Drift between ledger and wallet, and everything else that wants a person.</param>
/// <param name="Holds">Wallet accounts that nothing is settled from, because the wallet says otherwise than the ledger and nothing explains it.</param>
public sealed record CreditStatus(
    bool WalletReachable,
    string? WalletError,
    long ProviderHalfords,
    DateTimeOffset? LastCycleAt,
    int OpenSettlements,
    IReadOnlyList<string> UnreachableScalers,
    IReadOnlyList<string> Alarms,
    IReadOnlyList<DriftHold>? Holds = null);

/// <summary>A difference between wallet and ledger that no transaction explains. Billing goes on; nothing is settled from the account.</summary>
/// <param name="Account">The wallet account.</param>
/// <param name="DifferenceHalfords">Wallet minus ledger.</param>
/// <param name="Since">When it was first seen.</param>
public sealed record DriftHold(string Account, long DifferenceHalfords, DateTimeOffset Since);

/// <summary>Body of <c>POST /drift/{account}</c>: a person has looked into a <see cref="DriftHold"/> and takes the wallet's figure.</summary>
/// <param name="DifferenceHalfords">The difference that was looked into; refused where it is another by now.</param>
/// <param name="Reason">Why it is as it is, for the ledger: 1 to 200 characters on one line.</param>
public sealed record DriftAcceptance(long DifferenceHalfords, string Reason);
