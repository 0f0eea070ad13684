using CreditCtl.Hosting;
using CreditManager.Core.Verification;

namespace CreditCtl.Commands;

/// <summary>A receipt in a file.</summary>
internal static class ReceiptFile
{
    /// <summary>The receipt, if it is right in itself.</summary>
    /// <exception cref="CtlException">It cannot be read or is not right.</exception>
    public static ReceiptProof Read(string path, string? keyId)
    {
        ReceiptProof proof;
        try
        {
            proof = ReceiptProof.Read(SmallFile.Read(path));
        }
        catch (FormatException e)
        {
            throw new CtlException($"{path}: {e.Message}", innerException: e);
        }

        return proof.FindFault(keyId) is { } fault ? throw new CtlException($"{path}: {fault}") : proof;
    }
}
