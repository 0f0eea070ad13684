using CreditManager.Core.Ledger;
using CreditManager.Core.Verification;

namespace CreditManager.Tests;

/// <summary>What the offline verifier says of a ledger from its first entry on.</summary>
internal static class LedgerFaults
{
    /// <summary>The first fault, or null.</summary>
    public static string? First(IEnumerable<LedgerEntry> ledger)
    {
        var verifier = new LedgerVerifier();
        return ledger.Select(verifier.Next).FirstOrDefault(fault => fault is not null);
    }
}
