using System.Security.Cryptography;
using CreditManager.Contracts;
using CreditManager.Core.Receipts;
using ServiceDefaults;
using Testing;

namespace CreditManager.Tests;

public sealed class SigningKeyTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempDirectory _directory = new();

    private string KeyFile => _directory.Combine("keys", "signing.pem");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Start_NoKey_MakesOneBesideTheDatabaseForItsOwnerOnly()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        var file = Path.Combine(Path.GetDirectoryName(credit.Database)!, "provider-key.pem");
        Assert.Equal(Owner, File.GetUnixFileMode(file));
        var key = await credit.Api.GetKeyAsync();
        using var parsed = ECDsa.Create();
        parsed.ImportFromPem(key.Pem);
        Assert.Equal(TextSignature.IdOf(parsed.ExportSubjectPublicKeyInfo()), key.KeyId);
        Assert.Throws<CryptographicException>(() => parsed.ExportECPrivateKey());

        await credit.RestartAsync();
        Assert.Equal(key, await credit.Api.GetKeyAsync());
    }

    [Fact]
    public async Task Start_KeyOfOpenssl_IsTaken()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        await Shell.RunAsync("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out \"$1\"", KeyFile);
        File.SetUnixFileMode(KeyFile, Owner);
        await using var credit = await StartAsync();
        Assert.Contains("BEGIN PUBLIC KEY", (await credit.Api.GetKeyAsync()).Pem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no private key")]
    [InlineData("rubbish", "no private key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no private key")]
    public Task Start_FileThatIsNoKey_IsRefused(string text, string problem) => AssertRefusedAsync(text, Owner, problem);

    [Fact]
    public async Task Start_KeyOfAnotherKind_IsRefused()
    {
        using var rsa = RSA.Create(2048);
        await AssertRefusedAsync(rsa.ExportPkcs8PrivateKeyPem(), Owner, "no private key");
        using var longer = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        await AssertRefusedAsync(longer.ExportPkcs8PrivateKeyPem(), Owner, "of another kind; allowed: an ECDSA key on P-256");
        using var right = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await AssertRefusedAsync(right.ExportSubjectPublicKeyInfoPem(), Owner, "no private key");
        await AssertRefusedAsync(
            right.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)), Owner, "no private key");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task Start_KeyOpenToOthers_IsRefused(UnixFileMode others)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await AssertRefusedAsync(key.ExportPkcs8PrivateKeyPem(), Owner | others, "chmod 600");
    }

    [Fact]
    public async Task Start_DirectoryInThePlaceOfTheKey_IsRefused()
    {
        Directory.CreateDirectory(KeyFile);
        await AssertRefusedAsync("it is a directory");
    }

    [Fact]
    public async Task Start_PlaceThatCannotBeWritten_IsRefused()
    {
        await File.WriteAllTextAsync(_directory.Combine("keys"), "a file where a directory should be");
        await AssertRefusedAsync("cannot be used");
    }

    [Fact]
    public async Task Start_HalfAKeyOfAKilledStart_IsLeftBehind()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        await File.WriteAllTextAsync(KeyFile + ".new", "-----BEGIN PRIV");
        await using var credit = await StartAsync();
        Assert.Equal(["signing.pem"], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Receipt_AfterKeyAndProviderChanged_StaysWhatItWasAndNewOnesAreSignedAnew()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        var (before, old) = (await credit.Api.GetKeyAsync(), await credit.ReportAsync(Reports.Running().Ended(5)));

        File.Delete(KeyFile);
        credit.Settings["credit:provider"] = "another";
        await credit.RestartAsync();

        var after = await credit.Api.GetKeyAsync();
        Assert.NotEqual(before, after);
        Assert.Equal(old, await credit.ReportAsync(Reports.Running().Ended(5)));
        Assert.Null(old.Receipt!.FindFault(before));
        var newer = (await credit.ReportAsync(Reports.Running("a-2").Ended(5))).Receipt!;
        Assert.Equal("another", newer.Provider);
        Assert.Null(newer.FindFault(after));
    }

    private async Task<RunningCredit> StartAsync()
    {
        var credit = new RunningCredit();
        credit.Settings["credit:signing_key_file"] = KeyFile;
        try
        {
            await credit.StartAsync();
            return credit;
        }
        catch (Exception)
        {
            await credit.DisposeAsync();
            throw;
        }
    }

    private async Task AssertRefusedAsync(string text, UnixFileMode mode, string problem)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        await File.WriteAllTextAsync(KeyFile, text);
        File.SetUnixFileMode(KeyFile, mode);
        await AssertRefusedAsync(problem);
        Assert.Equal(text, await File.ReadAllTextAsync(KeyFile));
    }

    private async Task AssertRefusedAsync(string problem)
    {
        var refused = await Assert.ThrowsAsync<InvalidConfigurationException>(StartAsync);
        Assert.Contains($"credit.signing_key_file: \"{KeyFile}\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }
}
