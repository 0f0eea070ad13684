using System.Runtime.ExceptionServices;
using CreditManager.Core.Transfers;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>A transfer that was sent.</summary>
/// <param name="Transfer">As it is then.</param>
/// <param name="Refusal">The wallet's refusal of it; null where there was none.</param>
internal sealed record SentTransfer(Transfer Transfer, WalletException? Refusal);

/// <summary>What happened to a transfer that was to be given out.</summary>
/// <param name="Transfer">The transfer, sent.</param>
/// <param name="Event">What happened to it.</param>
/// <param name="Failure">Why it is not confirmed.</param>
/// <param name="Stops">Whether that concerns the wallet as a whole, so that no other is given out.</param>
internal sealed record SendOutcome(Transfer Transfer, TransferEvent Event, ExceptionDispatchInfo? Failure = null, bool Stops = false);
