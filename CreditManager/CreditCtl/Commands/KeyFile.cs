using System.CommandLine;
using CreditCtl.Hosting;
using CreditManager.Core.Verification;

namespace CreditCtl.Commands;

/// <summary>The option <c>--key</c>: the provider's public key as one knows it.</summary>
internal static class KeyFile
{
    public static Option<string?> Option() => new("--key")
    {
        Description = "The provider's public key in PEM, as \"creditctl key\" prints it; without it any key is taken.",
        HelpName = "PEM",
    };

    /// <summary>The key's id; null where none is given.</summary>
    /// <exception cref="CtlException">The file cannot be read or holds no public key.</exception>
    public static string? ReadId(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var (keyId, fault) = ProviderSignature.ReadPem(SmallFile.Read(path));
        return keyId ?? throw CtlException.Usage($"--key {path}: {fault}");
    }
}
