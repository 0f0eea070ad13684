using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using CreditManager.Core.Receipts;

namespace Experiments.Core.Outputs;

/// <summary>
/// Signs ledgers of simulations, so that they are complete files that <c>creditctl ledger verify</c> takes. The key is no secret and says
/// nothing about anybody; the signature is the same for the same text, which the framework's own (with a random number in each) is not.
/// </summary>
internal static class ExperimentKey
{
    private const int Bytes = 32;

    // NIST P-256: the field, the order of its group, and its generator (FIPS 186-4, D.1.2.3); the curve's a is -3.
    private static readonly BigInteger P = Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger N = Hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    private static readonly Point G = new(
        Hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        Hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));

    private static readonly byte[] Secret = SHA256.HashData(Encoding.UTF8.GetBytes("scp-experiment-key-1: no secret"));
    private static readonly Lazy<byte[]> PublicKey = new(MakePublicKey);

    /// <summary>ECDSA with SHA-256; the number that must differ from text to text is derived from key and text.</summary>
    public static TextSignature Sign(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var k = (Number(HMACSHA256.HashData(Secret, bytes)) % (N - 1)) + 1;
        var r = Multiply(G, k).X % N;
        var s = Inverse(k, N) * (Number(SHA256.HashData(bytes)) + (r * PrivateKey())) % N;
        return new TextSignature(
            TextSignature.IdOf(PublicKey.Value), Convert.ToBase64String(PublicKey.Value), Convert.ToBase64String([.. Fixed(r), .. Fixed(s)]));
    }

    private static BigInteger PrivateKey() => (Number(Secret) % (N - 1)) + 1;

    private static byte[] MakePublicKey()
    {
        var q = Multiply(G, PrivateKey());
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Fixed(q.X), Y = Fixed(q.Y) } });
        return key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>By doubling and adding: for a key that everybody knows, time may tell the number.</summary>
    private static Point Multiply(Point point, BigInteger factor)
    {
        Point? sum = null;
        for (var power = point; factor > 0; factor >>= 1)
        {
            sum = factor.IsEven ? sum : sum is { } before ? Add(before, power) : power;
            power = Add(power, power);
        }

        return sum!.Value;
    }

    private static Point Add(Point a, Point b)
    {
        var slope = a == b
            ? ((3 * a.X * a.X) - 3) * Inverse(2 * a.Y, P)
            : (b.Y - a.Y) * Inverse(b.X - a.X, P);
        var x = Modulo((slope * slope) - a.X - b.X, P);
        return new Point(x, Modulo((slope * (a.X - x)) - a.Y, P));
    }

    /// <summary>By Fermat: the modulus is a prime.</summary>
    private static BigInteger Inverse(BigInteger value, BigInteger prime) => BigInteger.ModPow(Modulo(value, prime), prime - 2, prime);

    private static BigInteger Modulo(BigInteger value, BigInteger modulus) => ((value % modulus) + modulus) % modulus;

    private static BigInteger Hex(string digits) => Number(Convert.FromHexString(digits));

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Fixed(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Bytes - bytes.Length], .. bytes];
    }

    private readonly record struct Point(BigInteger X, BigInteger Y);
}
