using ContainerManager.Stores;
using ServiceDefaults;
using Testing;

namespace ContainerManager.Tests.Stores;

public sealed class StoreOptionsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Bind_Nothing_AsksForTheDirectory() =>
        Assert.Equal(["store.directory: missing; name the directory that holds the buckets, or set store.kind to s3."], Errors());

    [Fact]
    public void Bind_DirectoryOrS3AsDocumented_IsFine()
    {
        Assert.Empty(Errors(("directory", "/srv/buckets")));
        Assert.Empty(Errors(("kind", "s3"), ("endpoint", "https://minio:9000"), ("access_key", "a"), ("secret_key", "s")));
        Assert.Empty(Errors(("kind", "s3"), ("endpoint", "http://127.0.0.1:9000"), ("access_key", "a"), ("secret_key_file", SecretFile("key\n", "600"))));
    }

    [Fact]
    public void Bind_S3WithEverythingWrong_NamesAllOfIt()
    {
        var errors = Errors(("kind", "s3"), ("region", " "), ("timeout", "11m"), ("ca_file", "/none"), ("secret_key_file", "/none"));
        Assert.Equal(
            ["access_key", "ca_file", "endpoint", "region", "secret_key_file", "timeout"],
            errors.Select(e => e.Split('.', ':')[1]).Order());
    }

    [Theory]
    [InlineData("kind", "minio")]
    [InlineData("directory", "relative/path")]
    [InlineData("directory", "/etc/passwd")]
    [InlineData("endpoint", "ftp://x")]
    [InlineData("endpoint", "nonsense")]
    [InlineData("bucket", "x")]
    [InlineData("timeout", "soon")]
    public void Bind_ImpossibleValue_NamesKeyAndValue(string key, string value)
    {
        var error = Errors((key, value)).First(e => e.StartsWith($"store.{key}:", StringComparison.Ordinal));
        Assert.True(key == "bucket" || error.Contains(value, StringComparison.Ordinal), error);
    }

    [Theory]
    [InlineData("key\n", "640")]
    [InlineData("key\n", "604")]
    [InlineData("\nkey", "600")]
    [InlineData("", "600")]
    public void Bind_SecretFileOpenToOthersOrEmpty_IsRefusedWithoutTellingTheSecret(string text, string mode)
    {
        var error = Assert.Single(Errors(
            ("kind", "s3"), ("endpoint", "http://127.0.0.1:9000"), ("access_key", "a"), ("secret_key_file", SecretFile(text, mode))));
        Assert.StartsWith("store.secret_key_file:", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_TwoSecrets_AreRefused() =>
        Assert.Single(Errors(
            ("kind", "s3"), ("endpoint", "http://127.0.0.1:9000"), ("access_key", "a"), ("secret_key", "s"), ("secret_key_file", SecretFile("key", "600"))));

    private static IReadOnlyList<string> Errors(params (string Key, string Value)[] values)
    {
        var configuration = PlatformConfiguration.FromValues(values.Select(v => KeyValuePair.Create("store:" + v.Key, (string?)v.Value)));
        configuration.Bind<StoreOptions>("store");
        return configuration.Errors;
    }

    private string SecretFile(string text, string mode)
    {
        var path = _directory.Combine("secret-" + mode);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        return path;
    }
}
