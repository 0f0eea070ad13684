using System.Security.Cryptography;
using System.Text;

namespace CreditManager.Core.Receipts;

/// <summary>A provider's signature of a text: ECDSA on P-256 with SHA-256.</summary>
/// <param name="KeyId">SHA-256 of the key's SubjectPublicKeyInfo, in lower-case hexadecimal.</param>
/// <param name="PublicKey">The key's SubjectPublicKeyInfo, base64.</param>
/// <param name="Signature">IEEE P1363, base64.</param>
public sealed record TextSignature(string KeyId, string PublicKey, string Signature)
{
    private const int Bits = 256;

    /// <summary>P-256 (secp256r1), by its object identifier: names differ between systems.</summary>
    private const string Curve = "1.2.840.10045.3.1.7";

    /// <summary>The id of a key.</summary>
    /// <param name="publicKey">Its SubjectPublicKeyInfo.</param>
    public static string IdOf(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    /// <summary>Whether a key is of the kind that signs here.</summary>
    public static bool IsSuitable(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.KeySize == Bits && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == Curve;
    }

    /// <summary>Signs a text.</summary>
    /// <param name="text">What to sign.</param>
    /// <param name="key">A key that <see cref="IsSuitable"/> and has its private half.</param>
    public static TextSignature Sign(string text, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var publicKey = key.ExportSubjectPublicKeyInfo();
        var signature = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new TextSignature(IdOf(publicKey), Convert.ToBase64String(publicKey), Convert.ToBase64String(signature));
    }

    /// <summary>What is wrong with the signature as one of <paramref name="text"/>; null where it is right. Says nothing about whose key it is.</summary>
    public string? FindFault(string text)
    {
        if (Bytes(PublicKey) is not { } publicKey || Import(publicKey) is not { } key)
        {
            return "the public key is none of ECDSA on P-256 (SubjectPublicKeyInfo in base64).";
        }

        using (key)
        {
            if (KeyId != IdOf(publicKey))
            {
                return $"the key id is {KeyId}, and that of the public key is {IdOf(publicKey)}.";
            }

            return Bytes(Signature) is { } signature
                && key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
                    ? null
                    : "the signature is not of this text by this key.";
        }
    }

    private static ECDsa? Import(byte[] publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            if (read == publicKey.Length && IsSuitable(key))
            {
                return key;
            }
        }
        catch (CryptographicException)
        {
            // Bytes of something else: as unsuitable as a key of another kind.
        }

        key.Dispose();
        return null;
    }

    private static byte[]? Bytes(string base64)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, buffer, out var length) ? buffer[..length] : null;
    }
}
