using System.Globalization;
using CreditManager.Core.Deposits;

namespace CreditManager.Deposits;

/// <summary>How far coins of the chain have come.</summary>
/// <param name="Confirmations">How deep they are.</param>
/// <param name="Needed">How deep they must be.</param>
/// <param name="ExpectedSeconds">See <see cref="DepositDelay.ExpectedSeconds"/>.</param>
internal sealed record DepositProgress(int Confirmations, int Needed, int? ExpectedSeconds)
{
    public static DepositProgress Of(int confirmations, int needed, DateTimeOffset seenAt, DateTimeOffset now) =>
        new(confirmations, needed, DepositDelay.ExpectedSeconds(now - seenAt));

    /// <summary>In words, for the user.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Confirmations} of {Needed} confirmations, {(ExpectedSeconds is { } left ? $"about {left} s to go" : "later than every deposit that was measured")}.");
}
