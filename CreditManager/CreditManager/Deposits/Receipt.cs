using CreditManager.Core.Money;

namespace CreditManager.Deposits;

/// <summary>What a top-up receipt says.</summary>
internal abstract record Receipt
{
    private const int TransactionIdDigits = 64;
    private const string Unit = "GRC";

    /// <summary>Reads a receipt's text; spaces and line ends around it do not matter.</summary>
    public static Receipt Read(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == TransactionIdDigits && trimmed.All(char.IsAsciiHexDigit))
        {
            return new TransactionReceipt(trimmed.ToLowerInvariant());
        }

        var number = trimmed.EndsWith(Unit, StringComparison.OrdinalIgnoreCase) ? trimmed[..^Unit.Length].TrimEnd() : trimmed;
        if (!GrcAmount.TryParse(number, out var amount))
        {
            return new UnreadableReceipt(
                trimmed.Length == 0
                    ? "the receipt is empty; allowed: a transaction id of 64 hexadecimal digits, or an amount in GRC on a development wallet."
                    : $"the receipt is neither a transaction id of 64 hexadecimal digits nor {GrcAmount.Allowed}.");
        }

        return amount > GrcAmount.Zero && amount <= GrcAmount.Largest
            ? new AmountReceipt(amount)
            : new UnreadableReceipt($"{amount} GRC cannot be paid in; allowed: more than 0 and at most {GrcAmount.Largest} GRC.");
    }
}

/// <summary>A transaction of the chain.</summary>
internal sealed record TransactionReceipt(string TransactionId) : Receipt;

/// <summary>An amount to pay in from the development wallet's source.</summary>
internal sealed record AmountReceipt(GrcAmount Amount) : Receipt;

/// <summary>Neither.</summary>
internal sealed record UnreadableReceipt(string Reason) : Receipt;
