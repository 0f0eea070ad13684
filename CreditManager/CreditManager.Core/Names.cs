namespace CreditManager.Core;

/// <summary>Which names of users, tariffs and claims are allowed.</summary>
public static class Names
{
    /// <summary>What a refused user or tariff name should have looked like.</summary>
    public const string Allowed = "1 to 64 of A-Z a-z 0-9 . _ -";

    /// <summary>What a refused claim id should have looked like.</summary>
    public const string AllowedClaimId = "8 to 64 of A-Z a-z 0-9 -";

    /// <summary>Whether <paramref name="name"/> may name a user or a tariff. <c>*</c>, the wallet's word for all accounts, may not.</summary>
    public static bool IsName(string? name) =>
        name is { Length: >= 1 and <= 64 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Whether <paramref name="id"/> may name a deposit claim.</summary>
    public static bool IsClaimId(string? id) =>
        id is { Length: >= 8 and <= 64 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-');
}
