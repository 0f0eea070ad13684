using ServiceDefaults;

namespace ContainerManager.Stores;

/// <summary>The adapters.</summary>
internal enum StoreKind
{
    /// <summary>Buckets are directories of this machine.</summary>
    Directory,

    /// <summary>MinIO or any other S3 server.</summary>
    S3,
}

/// <summary>Section <c>store</c>: where the buckets are.</summary>
internal sealed class StoreOptions : IPlatformOptions
{
    /// <summary>directory (default) or s3.</summary>
    public StoreKind Kind { get; set; } = StoreKind.Directory;

    /// <summary>For directory: the directory that holds the buckets. Made where it is missing.</summary>
    public string? Directory { get; set; }

    /// <summary>For s3: the server's address, for example http://127.0.0.1:9000; https for TLS.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>For s3: the region that requests are signed for. Default us-east-1, which MinIO expects.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>For s3: the access key.</summary>
    public string? AccessKey { get; set; }

    /// <summary>For s3: file whose first line is the secret key; readable by its owner only.</summary>
    public string? SecretKeyFile { get; set; }

    /// <summary>For s3: the secret key itself; meant for the environment (SCP_STORE__SECRET_KEY), not for files that many can read.</summary>
    public string? SecretKey { get; set; }

    /// <summary>For s3: PEM file of the authority that signed the server's certificate; the system's authorities where unset.</summary>
    public string? CaFile { get; set; }

    /// <summary>For s3: how long to wait for an answer. 1 s to 10 min, default 30 s; a transfer has a second more for every MiB.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public IEnumerable<string> Validate() => Kind == StoreKind.S3 ? ValidateS3() : ValidateDirectory();

    /// <summary>The secret key from where it was configured.</summary>
    public string ReadSecretKey() => SecretKey ?? (SecretKeyFile is null ? null : File.ReadLines(SecretKeyFile).FirstOrDefault()?.Trim()) ?? "";

    private IEnumerable<string> ValidateDirectory()
    {
        if (string.IsNullOrWhiteSpace(Directory))
        {
            yield return "directory: missing; name the directory that holds the buckets, or set store.kind to s3.";
        }
        else if (!Path.IsPathRooted(Directory))
        {
            yield return $"directory: \"{Directory}\" is not allowed; allowed: an absolute path.";
        }
        else if (File.Exists(Directory))
        {
            yield return $"directory: \"{Directory}\" is a file.";
        }
    }

    private IEnumerable<string> ValidateS3()
    {
        if (Endpoint is null)
        {
            yield return "endpoint: missing; allowed: the S3 server's address such as http://127.0.0.1:9000.";
        }

        if (string.IsNullOrWhiteSpace(Region))
        {
            yield return "region: missing; allowed: a region such as us-east-1.";
        }

        if (string.IsNullOrWhiteSpace(AccessKey))
        {
            yield return "access_key: missing.";
        }

        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(10))
        {
            yield return "timeout: allowed: 1s to 10m.";
        }

        if (!string.IsNullOrWhiteSpace(CaFile) && !File.Exists(CaFile))
        {
            yield return $"ca_file: \"{CaFile}\" does not exist.";
        }

        if (SecretKeyError() is { } error)
        {
            yield return error;
        }
    }

    private string? SecretKeyError()
    {
        if (!string.IsNullOrWhiteSpace(SecretKey))
        {
            return string.IsNullOrWhiteSpace(SecretKeyFile) ? null : "secret_key_file: set together with secret_key; set one of them.";
        }

        if (string.IsNullOrWhiteSpace(SecretKeyFile))
        {
            return "secret_key_file: missing; name a file that holds the secret key, or set SCP_STORE__SECRET_KEY in the environment.";
        }

        if (!File.Exists(SecretKeyFile))
        {
            return $"secret_key_file: \"{SecretKeyFile}\" does not exist.";
        }

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(SecretKeyFile) & others) != 0)
        {
            return $"secret_key_file: \"{SecretKeyFile}\" can be read or written by others than its owner; chmod 600 it.";
        }

        return ReadSecretKey().Length == 0 ? $"secret_key_file: \"{SecretKeyFile}\" has no key in its first line." : null;
    }
}
