using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace GridcoinDevnet.Wallet;

/// <summary>Addresses and key names that follow from a seed. They look like the test network's, but no coin can be sent to them.</summary>
/// <param name="seed">Anything; the same seed gives the same addresses.</param>
internal sealed class KeyChain(byte[] seed)
{
    /// <summary>First byte of the test network's addresses: they start with m or n.</summary>
    private const byte TestNetwork = 111;

    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>Name of the master key.</summary>
    public string MasterKeyId => Convert.ToHexStringLower(Derive("master", 0)[..20]);

    /// <summary>Hash of the chain's only block.</summary>
    public string BlockHash => "0000" + Convert.ToHexStringLower(Derive("block", 0)[..30]);

    /// <summary>The address with the given number.</summary>
    public string Address(int number) => Encode([TestNetwork, .. Derive("address", number)[..20]]);

    /// <summary>The public key of an address, compressed.</summary>
    public string PublicKey(int number) => "02" + Convert.ToHexStringLower(Derive("key", number));

    /// <summary>Whether a text is an address of the test network with the right checksum.</summary>
    public static bool IsAddress(string text)
    {
        var number = BigInteger.Zero;
        foreach (var character in text)
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0 || text.Length > 40)
            {
                return false;
            }

            number = (number * 58) + digit;
        }

        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return bytes.Length == 25 && bytes[0] == TestNetwork && Checksum(bytes.AsSpan(0, 21)).SequenceEqual(bytes.AsSpan(21));
    }

    private static string Encode(byte[] payload)
    {
        var number = new BigInteger([.. payload, .. Checksum(payload)], isUnsigned: true, isBigEndian: true);
        var text = new StringBuilder();
        while (number > 0)
        {
            number = BigInteger.DivRem(number, 58, out var digit);
            text.Insert(0, Alphabet[(int)digit]);
        }

        return text.ToString();
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> payload) =>
        SHA256.HashData(SHA256.HashData(payload)).AsSpan(0, 4);

    private byte[] Derive(string purpose, int number)
    {
        var input = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(input, number);
        byte[] message = [.. Encoding.ASCII.GetBytes(purpose), .. input];
        return HMACSHA256.HashData(seed, message);
    }
}
