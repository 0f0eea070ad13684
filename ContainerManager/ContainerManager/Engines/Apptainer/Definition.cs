using System.Security.Cryptography;
using System.Text;

namespace ContainerManager.Engines.Apptainer;

/// <summary>A definition file, by a stranger, that has been found fit to be built.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Text">Its content, build arguments filled in.</param>
/// <param name="Digest">Hexadecimal SHA-256 of its content.</param>
/// <param name="Bases">The operator's images that it builds upon.</param>
internal sealed record Definition(string File, string Text, string Digest, IReadOnlyList<string> Bases)
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Its name, for messages.</summary>
    public string Name => Path.GetFileName(File);

    /// <exception cref="EngineException">It cannot be built, or must not; says why.</exception>
    public static async Task<Definition> ReadAsync(string file, string? imagesDirectory, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(file);
        var length = new FileInfo(file).Length;
        if (length is 0 or > MaxBytes)
        {
            throw new EngineException(length == 0 ? $"The image definition {name} is empty." : $"The image definition {name} has {length} bytes; allowed are {MaxBytes}.");
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(file, cancellationToken);
        var mirror = await DebianMirror.FindAsync(cancellationToken);
        var text = DefinitionArguments.Expand(name, Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n"), mirror);
        var bases = DefinitionRules.Check(name, text, imagesDirectory);
        return new Definition(file, text, Convert.ToHexStringLower(SHA256.HashData(bytes)), bases);
    }

    /// <summary>Names what comes out of the build: changes with the definition and with the images it builds upon.</summary>
    public async Task<string> KeyAsync(KnownDigests digests, CancellationToken cancellationToken)
    {
        var parts = new StringBuilder(Digest);
        foreach (var image in Bases)
        {
            parts.Append('\n').Append(await digests.OfAsync(image, cancellationToken));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(parts.ToString())));
    }
}
