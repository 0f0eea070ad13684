using System.Globalization;
using System.Runtime.CompilerServices;
using CreditManager.Core.Ledger;

namespace CreditManager.Core.Verification;

/// <summary>The sentences that say what a member is and what it should be.</summary>
internal static class Expect
{
    /// <summary>Null where they are equal.</summary>
    public static string? Equal(string member, string value, string expected, string because = "") =>
        value == expected ? null : $"{member} is \"{value}\"; it should be \"{expected}\"{because}.";

    /// <summary>Null where they are equal.</summary>
    public static string? Equal(string member, long value, long expected, string because = "") =>
        value == expected ? null : string.Create(CultureInfo.InvariantCulture, $"{member} is {value}; it should be {expected}{because}.");

    /// <summary>Null where they are equal.</summary>
    public static string? Equal(
        string member, string value, string expected, [InterpolatedStringHandlerArgument(nameof(value), nameof(expected))] ref Because because) =>
        value == expected ? null : Equal(member, value, expected, because.ToStringAndClear());

    /// <summary>Null where they are equal.</summary>
    public static string? Equal(
        string member, long value, long expected, [InterpolatedStringHandlerArgument(nameof(value), nameof(expected))] ref Because because) =>
        value == expected ? null : Equal(member, value, expected, because.ToStringAndClear());

    /// <summary>Null where the value is in the range.</summary>
    public static string? Between(string member, long value, long least, long most)
    {
        if (value >= least && value <= most)
        {
            return null;
        }

        var allowed = most == long.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"at least {least}")
            : string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        return string.Create(CultureInfo.InvariantCulture, $"{member} is {value}; it should be {allowed}.");
    }

    /// <summary>Null where both accounts are as they should be.</summary>
    public static string? Accounts(LedgerDraft draft, string debit, string credit) =>
        Equal("debit", draft.Debit, debit) ?? Equal("credit", draft.Credit, credit);
}
