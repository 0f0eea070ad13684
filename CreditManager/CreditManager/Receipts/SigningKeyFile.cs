using System.Security.Cryptography;
using CreditManager.Core.Receipts;
using CreditManager.Options;

namespace CreditManager.Receipts;

/// <summary>The file that holds the provider's private key, as PEM. Made at the first start; for its owner's eyes only.</summary>
internal static class SigningKeyFile
{
    private const string Allowed = "an ECDSA key on P-256 as PEM, such as \"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256\" makes";

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The key of the file, which is made where it is missing.</summary>
    /// <exception cref="InvalidDataException">The file is no key that can be used; the message says why and what is allowed.</exception>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read or made.</exception>
    public static ECDsa Open(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new InvalidDataException($"it is a directory; allowed: a file with {Allowed}.");
        }

        if (!File.Exists(full))
        {
            Make(full);
        }

        return PrivateFile.IsOpenToOthers(full)
            ? throw new InvalidDataException($"it {PrivateFile.OpenToOthers}")
            : Import(File.ReadAllText(full));
    }

    private static ECDsa Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            // A public key alone is imported as well, and only fails when it is to sign.
            _ = TextSignature.Sign("", key);
            return TextSignature.IsSuitable(key) ? key : throw new InvalidDataException($"its key is of another kind; allowed: {Allowed}.");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new InvalidDataException($"it holds no private key that can be used: {e.Message} Allowed: {Allowed}.", e);
        }
        catch (InvalidDataException)
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Written whole before it gets its name: a start that is killed leaves no half of a key.</summary>
    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var unfinished = path + ".new";
        File.Delete(unfinished);
        using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner }))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: false);
    }
}
