using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ContainerManager.Engines.Apptainer;

/// <summary>
/// The head of a Singularity image file: 32 bytes of launcher, then the magic word, a version, the architecture, an id, two
/// times, and eight-byte little-endian numbers of which the last two are the data's offset and length (SIF 1.0 specification).
/// </summary>
internal static class SifFile
{
    private const int HeaderLength = 128;
    private const int ArchitectureOffset = 45;
    private const int DataOffset = 112;
    private const int DataLength = 120;

    /// <exception cref="EngineException">Not an image, not a whole one, or one for other machines; says which.</exception>
    public static void Check(string path)
    {
        var name = Path.GetFileName(path);
        using var handle = File.OpenHandle(path);
        var length = RandomAccess.GetLength(handle);
        if (length == 0)
        {
            throw new EngineException($"The image {name} is empty.");
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        if (RandomAccess.Read(handle, header, 0) < HeaderLength || !header[32..].StartsWith("SIF_MAGIC\0"u8))
        {
            throw new EngineException($"The image {name} is no Singularity image file (SIF).");
        }

        var whole = Number(header, DataOffset) + Number(header, DataLength);
        if (whole > length)
        {
            throw new EngineException($"The image {name} is cut off: {length} of at least {whole} bytes are there.");
        }

        CheckArchitecture(name, header.Slice(ArchitectureOffset, 2));
    }

    private static void CheckArchitecture(string name, ReadOnlySpan<byte> code)
    {
        var needed = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "02"u8,
            Architecture.Arm64 => "04"u8,
            _ => code,
        };
        // "00" says nothing of the architecture.
        if (!code.SequenceEqual(needed) && !code.SequenceEqual("00"u8))
        {
            throw new EngineException($"The image {name} is not for this node's architecture ({RuntimeInformation.OSArchitecture}).");
        }
    }

    private static long Number(ReadOnlySpan<byte> header, int offset) => BinaryPrimitives.ReadInt64LittleEndian(header[offset..]);
}
