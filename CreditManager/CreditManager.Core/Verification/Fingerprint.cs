using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CreditManager.Core.Verification;

/// <summary>Sixteen bytes in the place of an id: millions are remembered, and nobody can make two ids with the same.</summary>
internal static class Fingerprint
{
    public static UInt128 Of(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
