using System.Security.Cryptography;
using CreditManager.Core.Receipts;

namespace CreditManager.Core.Verification;

/// <summary>Whether a signature is right, and by the key that one expects.</summary>
public static class ProviderSignature
{
    private const string PublicKeyLabel = "PUBLIC KEY";

    /// <summary>What is wrong, or null.</summary>
    /// <param name="signature">The signature.</param>
    /// <param name="text">What it should be of.</param>
    /// <param name="keyId">The key that must have made it; null where any may.</param>
    public static string? FindFault(TextSignature signature, string text, string? keyId)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (keyId is not null && signature.KeyId != keyId)
        {
            return $"key_id is {signature.KeyId}; the given key's is {keyId}: somebody else signed.";
        }

        return FindSpellingFault("public_key", signature.PublicKey) ?? FindSpellingFault("signature", signature.Signature) ?? signature.FindFault(text);
    }

    /// <summary>The id of a public key in PEM; null with a fault where it is none.</summary>
    public static (string? KeyId, string? Fault) ReadPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            return (null, $"it holds no key in PEM; allowed: a file that begins with -----BEGIN {PublicKeyLabel}-----.");
        }

        var label = pem[fields.Label];
        return label == PublicKeyLabel
            ? (TextSignature.IdOf(Convert.FromBase64String(pem[fields.Base64Data])), null)
            : (null, $"it holds a {label}; allowed: a {PublicKeyLabel}.");
    }

    /// <summary>The same bytes can be written in several ways; only one of them is what was signed with.</summary>
    private static string? FindSpellingFault(string member, string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == base64
            ? null
            : $"{member} is not base64.";
    }
}
