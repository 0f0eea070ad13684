using CreditManager.Core.Money;

namespace CreditManager.Core.Transfers;

/// <summary>The life of a transfer.</summary>
public static class TransferRules
{
    /// <summary>The state after <paramref name="happened"/>.</summary>
    /// <exception cref="InvalidOperationException">It cannot happen in this state.</exception>
    public static TransferState Next(TransferState state, TransferEvent happened) => (state, happened) switch
    {
        (TransferState.Planned, TransferEvent.Send) => TransferState.Sent,
        (TransferState.Sent, TransferEvent.Seen) => TransferState.Confirmed,
        (TransferState.Sent, TransferEvent.Absent) => TransferState.Planned,
        (TransferState.Sent, TransferEvent.Unclear) => TransferState.Sent,
        _ => throw new InvalidOperationException($"A transfer that is {state} cannot be followed by {happened}."),
    };

    /// <summary>
    /// How much to settle: whole blocks of what is owed, and no coin that the user's account does not hold, because the
    /// wallet would take it below zero without a word and pay the provider with coins that nobody has.
    /// </summary>
    /// <param name="unsettled">Charged, not yet moved.</param>
    /// <param name="wallet">Coins of the user's account.</param>
    /// <param name="block">The least amount worth a transfer; more than 0.</param>
    public static GrcAmount AmountToSettle(GrcAmount unsettled, GrcAmount wallet, GrcAmount block)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(block.Halfords, nameof(block));
        var payable = Math.Max(GrcAmount.Min(unsettled, wallet).Halfords, 0);
        return new GrcAmount(payable - (payable % block.Halfords));
    }
}
