using CreditManager.Core.Money;

namespace CreditManager.Core.Attempts;

/// <summary>What is paid back of an attempt.</summary>
public static class RefundRules
{
    /// <summary>How many attempts of one task are paid back: a task that always takes its container with it must not run for nothing for ever.</summary>
    public const int MostPerTask = 3;

    /// <summary>What was used is billed, unless the platform itself is at fault and the price list pays that back.</summary>
    /// <param name="outcome">How the attempt ended.</param>
    /// <param name="cost">What it cost.</param>
    /// <param name="tariff">The price list at its end.</param>
    /// <param name="refundedBefore">How many attempts of its task were paid back before.</param>
    public static GrcAmount Refund(AttemptOutcome outcome, GrcAmount cost, TariffVersion tariff, int refundedBefore)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        return outcome switch
        {
            AttemptOutcome.PlatformFault when tariff.RefundsPlatformFaults && refundedBefore < MostPerTask => cost,
            AttemptOutcome.Succeeded or AttemptOutcome.Failed or AttemptOutcome.Capped or AttemptOutcome.AbortedForDebt or AttemptOutcome.PlatformFault =>
                GrcAmount.Zero,
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
        };
    }
}
