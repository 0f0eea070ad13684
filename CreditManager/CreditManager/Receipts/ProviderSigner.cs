using System.Security.Cryptography;
using CreditManager.Contracts;
using CreditManager.Core.Receipts;
using CreditManager.Options;
using ServiceDefaults;

namespace CreditManager.Receipts;

/// <summary>Signs in the provider's name.</summary>
/// <param name="provider">The provider's wallet account.</param>
/// <param name="key">The provider's key, which is the signer's from here on.</param>
internal sealed class ProviderSigner(string provider, ECDsa key) : IDisposable
{
    private readonly Lock _lock = new();

    /// <summary>The provider's wallet account.</summary>
    public string Provider { get; } = provider;

    /// <summary>Who wants to know whose signatures are right.</summary>
    public ProviderKey Key { get; } = new(TextSignature.IdOf(key.ExportSubjectPublicKeyInfo()), key.ExportSubjectPublicKeyInfoPem());

    /// <summary>The key's SubjectPublicKeyInfo, base64.</summary>
    public string PublicKey { get; } = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    /// <summary>The signer that the settings describe.</summary>
    /// <exception cref="InvalidConfigurationException">Its key cannot be used.</exception>
    public static ProviderSigner Open(CreditOptions options)
    {
        try
        {
            return new ProviderSigner(options.Provider, SigningKeyFile.Open(options.SigningKeyPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InvalidConfigurationException([$"credit.signing_key_file: \"{options.SigningKeyPath}\" cannot be used: {e.Message}"]);
        }
    }

    /// <summary>The signature of a text.</summary>
    public TextSignature Sign(string text)
    {
        // The framework's keys promise nothing to several threads at once.
        lock (_lock)
        {
            return TextSignature.Sign(text, key);
        }
    }

    public void Dispose() => key.Dispose();
}
