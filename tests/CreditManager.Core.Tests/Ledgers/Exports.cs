using System.Security.Cryptography;
using System.Text;
using CreditManager.Core.Verification;

namespace CreditManager.Core.Tests.Ledgers;

/// <summary>Exports under test, signed by one key.</summary>
internal static class Exports
{
    public static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A right export of every kind of entry.</summary>
    public static List<string> Everything() => ExportBuilder.Lines(LedgerBuilder.Everything().Entries, Key);

    /// <summary>The first fault, or null.</summary>
    public static LedgerFault? Verify(IEnumerable<string> lines, ExportVerifier? verifier = null)
    {
        verifier ??= new ExportVerifier();
        foreach (var line in lines)
        {
            if (verifier.Next(ExportLines.Read(Encoding.UTF8.GetBytes(line))) is { } fault)
            {
                return fault;
            }
        }

        return verifier.Finish();
    }
}
